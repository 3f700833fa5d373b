import type { Comparison, Failure } from './compare.ts';
import { code } from './comparison-text.ts';

/** A night on one release with one firmware. */
export interface Leg {
    /** `debian-13-uefi`. */
    readonly name: string;
    readonly comparison: Comparison;
}

/** One kind of failure, wherever it was seen. */
export interface FailureIssue {
    /** Of class, phase and message: see {@link Failure}. */
    readonly key: string;
    readonly title: string;
    readonly body: string;
    /** It is new on one of the legs at least. */
    readonly isNew: boolean;
}

/**
 * What issues there should be after a night: one for each kind of failure, not for each scenario that
 * it breaks.
 *
 * @param run where the night can be looked at.
 */
export function issuesOf(legs: readonly Leg[], run: string): readonly FailureIssue[] {
    const seen = legs.flatMap(({ comparison, name }) => [
        ...comparison.broken.map((failure) => ({ failure, leg: name, isNew: true })),
        ...comparison.stillBroken.map((failure) => ({ failure, leg: name, isNew: false })),
    ]);
    const keys = [...new Set(seen.map(({ failure }) => failure.key))];
    return keys.flatMap((key) => {
        const ones = seen.filter(({ failure }) => failure.key === key);
        const first = ones[0]?.failure;
        return first === undefined
            ? []
            : [
                  {
                      key,
                      title: titleOf(first),
                      body: bodyOf(first, ones, run),
                      isNew: ones.some(({ isNew }) => isNew),
                  },
              ];
    });
}

/** What an issue of ours is found again by: in its text, where nobody sees it. */
export function markOf(key: string): string {
    return `<!-- rbdboot failure ${key} -->`;
}

function titleOf({ class: kind = 'harness', message = 'no message', phase }: Failure): string {
    const where = phase === undefined ? '' : ` in ${phase}`;
    return `Boots fail: ${kind}${where}: ${message}`.replaceAll('@', '').slice(0, 120);
}

function bodyOf(
    first: Failure,
    ones: readonly { readonly failure: Failure; readonly leg: string }[],
    run: string,
): string {
    const { class: kind = 'harness', key, message = '', phase } = first;
    const rows = ones.map(({ failure, leg }) => {
        const { bundle, firstBad = '', id, lastGood = '' } = failure;
        const cells = [leg, id, firstBad, lastGood, bundle ?? ''].map((cell) =>
            cell === '' ? '' : code(cell.replaceAll('|', '/')),
        );
        return `| ${cells.join(' | ')} |`;
    });
    return [
        `Class **${kind}**${phase === undefined ? '' : `, in ${code(phase)}`}:`,
        code(message),
        `Seen last in ${run}, whose artifacts have the bundles:`,
        [
            '| night | scenario | first bad | last good | bundle |',
            '| --- | --- | --- | --- | --- |',
            ...rows,
        ].join('\n'),
        `To repeat it: ${code(`make vm-test ONLY=${first.id}`)}`,
        markOf(key),
    ].join('\n\n');
}
