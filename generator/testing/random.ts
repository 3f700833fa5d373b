/** Choices that a seed decides: the same seed makes the same ones on every machine. */
export interface Random {
    /** 0 to `limit - 1`. */
    below(limit: number): number;
    /** True once in `count` times. */
    oneIn(count: number): boolean;
    pick<T>(from: readonly [T, ...T[]]): T;
    /** A list of `minimum` to `maximum` things. */
    some<T>(minimum: number, maximum: number, make: () => T): T[];
}

/** A generator of the xorshift kind: nothing depends on its quality. */
export function createRandom(seed: number): Random {
    let state = (seed ^ 0x5bd1_e995) | 1;
    const below = (limit: number): number => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % limit;
    };
    return {
        below,
        oneIn: (count) => below(count) === 0,
        pick: <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0],
        some: (minimum, maximum, make) =>
            Array.from({ length: minimum + below(maximum - minimum + 1) }, make),
    };
}
