/** The middle one of some numbers, and the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((one, other) => one - other);
    const middle = sorted.length / 2;
    const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
    return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/**
 * The smallest of some numbers that at least this share of them does not exceed (nearest rank); NaN
 * of none.
 *
 * @param share from 0 to 1.
 */
export function percentile(values: readonly number[], share: number): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
}
