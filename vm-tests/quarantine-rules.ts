import type { QuarantineEntry } from './quarantine.ts';

/** Days that a scenario may be in quarantine. */
const longest = 14;

/** The part of all scenarios that may be there at the same time. */
const largestPart = 0.05;

const day = 24 * 60 * 60 * 1000;

/**
 * What is wrong with a quarantine, a sentence each. Any of it is red: nobody looks at a list that
 * nothing takes scenarios out of.
 *
 * @param planned the ids of all scenarios.
 * @param today a moment of this day.
 */
export function quarantineProblems(
    entries: readonly QuarantineEntry[],
    planned: readonly string[],
    today: Date,
): readonly string[] {
    const ids = entries.map(({ id }) => id);
    const most = Math.floor(planned.length * largestPart);
    return [
        ...entries.flatMap((entry) =>
            problemsOf(entry, planned, today).map((problem) => `${entry.id}: ${problem}`),
        ),
        ...ids
            .filter((id, index) => ids.indexOf(id) !== index)
            .map((id) => `${id}: it is there twice`),
        ...(entries.length > most
            ? [
                  `${entries.length} of ${planned.length} scenarios are in quarantine: at most ${most} may be`,
              ]
            : []),
    ];
}

/** The entry of a scenario, if it is in quarantine. */
export function quarantined(
    entries: readonly QuarantineEntry[],
    id: string,
): QuarantineEntry | undefined {
    return entries.find((entry) => entry.id === id);
}

/** What is said of a scenario that failed in quarantine. */
export function describeQuarantined({ expires, id, owner, tracker }: QuarantineEntry): string {
    return `failed in quarantine: ${id}, which ${owner} ends by ${expires} (${tracker})`;
}

function problemsOf(
    { expires, id, owner, reason, tracker }: QuarantineEntry,
    planned: readonly string[],
    today: Date,
): readonly string[] {
    const last = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? Date.parse(expires) : Number.NaN;
    const now = Date.parse(today.toISOString().slice(0, 10));
    return [
        ...(planned.includes(id) ? [] : ['there is no such scenario']),
        ...(reason.trim() === '' ? ['it has no reason'] : []),
        ...(/^https?:\/\/\S+$/.test(tracker) ? [] : ['its tracker is no URL']),
        ...(owner.trim() === '' ? ['it has no owner'] : []),
        ...(Number.isNaN(last) ? [`"${expires}" is no day such as 2026-01-31`] : []),
        ...(last < now ? [`it was over on ${expires}: mend the scenario, or delete it`] : []),
        ...(last > now + longest * day ? [`${expires} is more than ${longest} days ahead`] : []),
    ];
}
