import type { Machine } from './machine.ts';
import { sitDown } from './serial-console.ts';

/** A person at the serial console, who has logged in as root. */
export interface GuestShell {
    /** Runs a command. @returns its exit status. */
    readonly run: (command: string, seconds: number) => Promise<number>;
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
        async succeeds(command, limit = 30) {
            const status = await run(command, limit);
            if (status !== 0) {
                throw new Error(`in the machine this ended with ${status}: ${command}`);
            }
        },
    };
}
