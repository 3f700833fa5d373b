#!/usr/bin/env node
import { CommanderError } from 'commander';
import type { ExitCode } from './output.ts';
import { createProgram } from './program.ts';

// A reader that has seen enough, as "head", is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
        throw error;
    }
});

try {
    await createProgram().parseAsync();
} catch (error) {
    process.exitCode = explainFailure(error);
}

function explainFailure(error: unknown): ExitCode {
    if (error instanceof CommanderError) {
        // It has said already what it had to say.
        return error.exitCode === 0 ? 0 : 2;
    }
    if (process.env.RBDBOOT_DEBUG === '1') {
        console.error(error);
        return 2;
    }
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
        `error: ${message}\nThis is a fault of rbdboot. With RBDBOOT_DEBUG=1 it says where.\n`,
    );
    return 2;
}
