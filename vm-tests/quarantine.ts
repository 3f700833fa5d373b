/** A scenario that fails for a reason which is known, and does not hold up changes meanwhile. */
export interface QuarantineEntry {
    /** Of the scenario: `F16`. */
    readonly id: string;
    /** Why it fails, in a sentence. */
    readonly reason: string;
    /** Where that is being worked on, as a URL. */
    readonly tracker: string;
    /** Who works on it. */
    readonly owner: string;
    /** The last day on which it does not count, `2026-01-31`; 14 days ahead at the most. */
    readonly expires: string;
}

/**
 * The scenarios in quarantine. They run as all others do and are reported apart. What is wrong with
 * an entry, one that is over included, fails the run before anything boots.
 */
export const quarantine: readonly QuarantineEntry[] = Object.freeze([]);
