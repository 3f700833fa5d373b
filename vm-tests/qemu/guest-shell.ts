import type { Machine } from './machine.ts';
import { NotShown, sitDown } from './serial-console.ts';

/** A person at the serial console, who has logged in as root. */
export interface GuestShell {
    /** Runs a command. @param seconds on a machine of the usual speed. @returns its exit status. */
    readonly run: (command: string, seconds: number) => Promise<number>;
    /** Runs a command that may never end, as one that waits for a disk: after that nothing else runs here. */
    readonly tries: (command: string, seconds: number) => Promise<number | 'no answer'>;
    /** Runs a command that must succeed. @param seconds Default: 30. */
    readonly succeeds: (command: string, seconds?: number) => Promise<void>;
    readonly close: () => void;
}

/** The kernel may write behind both of them. */
const loginPrompt = / login: /;
const rootPrompt = /root@\S+# /;

/** Logs in at the console of a machine that is up. Only one can be at it. */
export async function logIn(machine: Machine, seconds: number): Promise<GuestShell> {
    const { close, type, waitFor } = sitDown(machine);
    // What stood there before is not repeated: an empty name gives a new prompt.
    type('');
    await waitFor(loginPrompt, seconds);
    type('root');
    await waitFor(rootPrompt, seconds);
    const run = async (command: string, limit: number) => {
        // The line itself is echoed; what it prints has another form.
        type(`${command}; echo "status=$?="`);
        const [, status] = await waitFor(/status=(\d+)=/, limit);
        await waitFor(rootPrompt, limit);
        return Number(status);
    };
    return {
        close,
        run,
        tries: (command, limit) =>
            run(command, limit).catch((error: unknown) => {
                if (error instanceof NotShown) {
                    return 'no answer';
                }
                throw error;
            }),
        async succeeds(command, limit = 30) {
            const status = await run(command, limit);
            if (status !== 0) {
                throw new Error(`in the machine this ended with ${status}: ${command}`);
            }
        },
    };
}
