import type { Recovery } from './recover.ts';

/** What happened, or in a dry run would happen, to one file. */
export interface ReportedChange {
    /** Relative to the root. */
    readonly path: string;
    readonly action:
        | 'create'
        /** A file of ours got new contents or its mode back. */
        | 'update'
        /** A file that was not ours was saved and replaced. */
        | 'replace'
        | 'remove'
        /** A file that had been replaced is back. */
        | 'restore'
        | 'unchanged';
    /** Where the file that was replaced is kept, relative to the root. */
    readonly saved?: string;
    /** A unified diff, in a dry run. */
    readonly diff?: string;
}

export interface Report {
    /** Absolute, without symbolic links. */
    readonly root: string;
    readonly dryRun: boolean;
    /** Whether an earlier run had been interrupted, and what was done about it. */
    readonly recovery: Recovery;
    readonly changes: readonly ReportedChange[];
    /** Edited files of ours that were replaced or removed by force: copies, relative to the root. */
    readonly kept: readonly string[];
}
