type Unbranded<T> = { [K in keyof T as K extends symbol ? never : K]: T[K] };

/**
 * Makes a node: a frozen copy, all the way down, with the brand that only this folder's factories
 * give. The arrays that the caller passed stay the caller's own.
 */
export function frozen<T extends object>(node: Unbranded<T>): T {
    return copyFrozen(node) as T;
}

function copyFrozen(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) {
        return value;
    }
    const copy = Array.isArray(value)
        ? value.map(copyFrozen)
        : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copyFrozen(one)]));
    return Object.freeze(copy);
}
