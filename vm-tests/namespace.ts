import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { execa } from 'execa';
import { Complaint } from './complaint.ts';
import { searchPath } from './programs.ts';
import { type IdRange, subordinateIds } from './subordinate-ids.ts';

/** How a command runs in the namespaces. */
export interface NamespaceOptions {
    /** `'own'`: a network with nothing in it. `'host'`: the machine's, to fetch packages. */
    readonly network: 'own' | 'host';
    readonly environment?: Readonly<Record<string, string>>;
    /** The open file that takes the output. Default: the output goes where ours goes. */
    readonly log?: number;
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The file descriptor whose end tells the command that its starter is gone. */
const lifeline = 3;

// The death signal of the parent is lost when a process changes its credentials (prctl(2)), as one
// that enters a user namespace does, so it is set again behind that step. In between the process
// waits for input and sees its end. A parent that died before the signal was set shows in $PPID.
const armed = 'test "$PPID" = "$1" || exit 1; shift';

const stageOne = `${armed}; exec unshare --user --keep-caps -- sh -c "$RBDBOOT_STAGE_TWO" sh "$@"`;

const stageTwo = `echo >&4; exec 4>&-; read -r mapped <&${lifeline} || exit 1
exec setpriv --pdeathsig KILL -- sh -c "$RBDBOOT_STAGE_THREE" sh "$PPID" "$@"`;

// The beginning of a core is enough to see that there was one; where none may be, there is none.
const stageThree = (network: string) => `${armed}; unset RBDBOOT_STAGE_TWO RBDBOOT_STAGE_THREE
ulimit -c 65536 2> /dev/null || :
exec unshare ${network} --mount --pid --fork --kill-child --mount-proc -- "$@"`;

/**
 * Runs a command as root of a user namespace of its own, with mounts and process ids of its own. Its
 * processes, its network and its mounts are gone when it ends or when this process ends, however
 * that happens.
 *
 * The user is root in there and his subordinate ids are the other users, so file trees can have
 * their real owners.
 *
 * @returns the exit status, 1 if a signal ended it.
 * @throws Complaint if the user has no subordinate ids or the kernel refuses the namespaces.
 */
export async function runInNamespace(
    command: readonly [string, ...string[]],
    { network, environment = {}, log }: NamespaceOptions,
): Promise<number> {
    const { users, groups } = await subordinateIds();
    const output = log ?? 'inherit';
    const child = spawn(
        'setpriv',
        ['--pdeathsig', 'KILL', '--', 'sh', '-c', stageOne, 'sh', String(process.pid), ...command],
        {
            stdio: ['inherit', output, output, 'pipe', 'pipe'],
            env: {
                ...process.env,
                ...environment,
                PATH: searchPath(),
                RBDBOOT_STAGE_TWO: stageTwo,
                RBDBOOT_STAGE_THREE: stageThree(network === 'own' ? '--net' : ''),
            },
        },
    );
    const ended = once(child, 'exit') as Promise<[number | null]>;
    // A signal ends the command, and leaves its starter the time to clear up.
    const stop = () => child.kill('SIGKILL');
    for (const signal of endingSignals) {
        process.on(signal, stop);
    }
    try {
        await mapIds(child, users, groups, ended);
        const [status] = await ended;
        return status ?? 1;
    } finally {
        for (const signal of endingSignals) {
            process.off(signal, stop);
        }
        // One whose ids could not be mapped still waits for that.
        stop();
    }
}

/** Ends this process, the first of the namespaces, as soon as the one that made them is gone. */
export function endWithStarter(): void {
    const socket = new Socket({ fd: lifeline, readable: true, writable: false });
    socket.on('error', () => process.exit(1));
    socket.on('close', () => process.exit(1));
    socket.resume();
    socket.unref();
}

async function mapIds(
    child: ChildProcess,
    users: IdRange,
    groups: IdRange,
    ended: Promise<unknown>,
): Promise<void> {
    const [go, waiting] = child.stdio.slice(lifeline) as unknown as [Duplex, Duplex];
    go.on('error', () => {});
    const isWaiting = once(waiting, 'data').then(() => true);
    if (!(await Promise.race([isWaiting, ended.then(() => false)]))) {
        throw new Complaint(
            'the kernel gives this user no namespaces of his own:' +
                ' "unshare --user true" shows its reason, and "sysctl kernel.unprivileged_userns_clone=1"' +
                ' or "sysctl user.max_user_namespaces=10000" is the usual cure',
        );
    }
    const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    const options = { env: { PATH: searchPath() } };
    await execa('newuidmap', [String(child.pid), ...mapping(uid, users)], options);
    await execa('newgidmap', [String(child.pid), ...mapping(gid, groups)], options);
    go.write('\n');
}

/** Arguments of newuidmap(1): the own id is 0 inside, and 1 to 65536 come from the range. */
function mapping(own: number, { first, count }: IdRange): readonly string[] {
    return ['0', String(own), '1', '1', String(first), String(Math.min(count, 65_536))];
}
