/**
 * The candidate that `word` is most probably a misspelling of.
 *
 * @returns `undefined` if none is near: more than about a third of its letters would have to change.
 */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
    const ranked = candidates
        .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
        .filter(({ candidate, distance }) => distance <= Math.ceil(candidate.length / 3))
        .sort((a, b) => a.distance - b.distance);
    return ranked[0]?.candidate;
}

/** Levenshtein's distance, letter case ignored, one row of the table at a time. */
function editDistance(from: string, to: string): number {
    const [a, b] = [from.toLowerCase(), to.toLowerCase()];
    let row = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
