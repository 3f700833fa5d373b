import type { ExitCode } from './output.ts';

/** Commander gives an action its argument, or else its options, first. */
export function run<T>(command: (first: T) => Promise<ExitCode>): (first: T) => Promise<void> {
    return async (first) => {
        process.exitCode = await command(first);
    };
}
