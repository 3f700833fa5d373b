/** What a smart constructor gives back: the branded value, or the exact reason for the refusal. */
export type Parsed<T> =
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly reason: string };

export function accepted<T>(value: T): Parsed<T> {
    return { ok: true, value };
}

/** @param reason completes the sentence "VALUE is not accepted: REASON". */
export function refused(reason: string): Parsed<never> {
    return { ok: false, reason };
}
