import type { Code } from './catalogue.ts';

/** A place in a file. Lines and columns count from 1, as editors show them. */
export interface Location {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** Keys and indexes from the root of the configuration to a value: `['hosts', 'desk1', 'mac']`. */
export type ConfigPath = readonly (string | number)[];

/**
 * One thing that is wrong, as data. Layers return diagnostics, collect all of them and stop at their
 * border; only `render.ts` makes text of one.
 */
export interface Diagnostic {
    /**
     * One of ours, or `TS1234` for what the TypeScript compiler says of a configuration, or `SC1234`
     * for what shellcheck says of a script.
     */
    readonly code: Code | `TS${number}` | `SC${number}`;
    readonly severity: 'error' | 'warning';
    /** What is wrong, with the offending value, in one sentence without a final full stop. */
    readonly message: string;
    /** What to do about it. */
    readonly hint?: string;
    readonly location?: Location;
    readonly path?: ConfigPath;
}

/** What a step of the work gives back: its result, or everything that was wrong with its input. */
export type Outcome<T> =
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function success<T>(value: T): Outcome<T> {
    return { ok: true, value };
}

export function failure(...diagnostics: readonly Diagnostic[]): Outcome<never> {
    return { ok: false, diagnostics };
}
