// Kills the demo at many moments, each time another process of the chain that runs it, and looks
// whether a process, an interface or a mount is left.
//
//     node --import tsx vm-tests/prove-cleanup.ts [KILLS [COMMAND...]]
//
// COMMAND is "make demo" if none is given. RBDBOOT_BUILD names an empty directory to have the demo
// killed while it makes its caches, too.
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';

/** Processes that only start others and wait for them; the last is the first in the namespaces. */
const chain = /^(make|setpriv|sh|unshare|node|npm)$/;

/** Seconds after the start until which a demo is killed at the latest: it is over then. */
const longest = 25;

/** Seconds after which there must be something to kill. */
const shortest = 0.2;

/** Seconds that everything may take to be gone. */
const patience = 5;

interface Marked {
    readonly pid: number;
    readonly name: string;
    readonly line: string;
}

const [count = '20', ...words] = process.argv.slice(2);
const command = words.length > 0 ? words : ['make', 'demo'];
let failed = 0;
for (let turn = 0; turn < Number(count); turn += 1) {
    // Half of the kills fall into the first two seconds, where the namespaces are made.
    const left = await killWithin(command, turn % 2 === 0 ? 2 : longest);
    failed += left.length > 0 ? 1 : 0;
    for (const what of left) {
        process.stdout.write(`        left: ${what}\n`);
    }
}
process.stdout.write(`${Number(count) - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** Kills at a moment of these first seconds, or of fewer where the command is over by then. @returns what is left. */
async function killWithin(words: readonly string[], seconds: number): Promise<readonly string[]> {
    const { killed, left } = await killOnce(words, randomInt(seconds * 1000));
    if (killed || left.length > 0) {
        return left;
    }
    return seconds < shortest
        ? ['nothing to kill at any moment: the command fails at once']
        : killWithin(words, seconds / 2);
}

/** Starts the command, kills one of its chain, and gives what is left. */
async function killOnce([program = '', ...options]: readonly string[], moment: number) {
    const mark = `RBDBOOT_PROOF=${randomBytes(8).toString('hex')}`;
    const [name = '', value = ''] = mark.split('=');
    const before = await surroundings();
    const top = spawn(program, options, {
        stdio: 'ignore',
        env: { ...process.env, [name]: value },
    });
    await delay(moment);
    const candidates = marked(mark).filter((one) => chain.test(one.name));
    const victim = candidates[randomInt(Math.max(candidates.length, 1))];
    if (victim !== undefined) {
        kill(victim.pid);
    }
    const killedAt = performance.now();
    let rest = marked(mark);
    while (rest.length > 0 && performance.now() - killedAt < patience * 1000) {
        await delay(20);
        rest = marked(mark);
    }
    const gone = ((performance.now() - killedAt) / 1000).toFixed(2);
    process.stdout.write(
        `${(moment / 1000).toFixed(3).padStart(7)} s  killed ${victim?.line ?? 'nothing: it was over'}; all gone after ${gone} s\n`,
    );
    for (const { pid } of rest) {
        kill(pid);
    }
    top.kill('SIGKILL');
    const after = await surroundings();
    const left = [
        ...rest.map(({ pid, line }) => `process ${pid}: ${line}`),
        ...after.filter((one) => !before.includes(one)),
    ];
    return { killed: victim !== undefined, left };
}

/** The processes that have inherited a mark in their environment, as this user sees them. */
function marked(mark: string): readonly Marked[] {
    return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid) => {
            try {
                const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
                const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
                const name = readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
                const line = words.join(' ').trim().slice(0, 60);
                return environment.includes(mark) ? [{ pid: Number(pid), name, line }] : [];
            } catch {
                // It ended while it was looked at, or is another user's.
                return [];
            }
        });
}

/** The interfaces and mounts of this machine. */
async function surroundings(): Promise<readonly string[]> {
    const { stdout } = await execa('ip', ['-oneline', 'link', 'show']);
    const interfaces = stdout.split('\n').map((line) => `interface ${line.split(':')[1]?.trim()}`);
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => `mount ${line.split(' ').slice(3, 5).join(' on ')}`);
    return [...interfaces, ...mounts];
}

function kill(pid: number): void {
    try {
        process.kill(pid, 'SIGKILL');
    } catch {
        // It is gone.
    }
}
