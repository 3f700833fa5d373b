/**
 * Something about this machine, or about what was asked for, that its user can put right. Entry
 * points print its message alone; every other error is a bug of ours and comes with its stack.
 */
export class Complaint extends Error {
    override readonly name = 'Complaint';
}

/** What an entry point prints of an error before it ends with exit status 1. */
export function describeError(error: unknown): string {
    if (error instanceof Complaint) {
        return error.message;
    }
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
