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
    if (Array.isArray(value)) {
        return Object.freeze(value.map(copyFrozen));
    }
    const copy: Record<string, unknown> = { ...value };
    for (const key of Object.keys(copy)) {
        copy[key] = copyFrozen(copy[key]);
    }
    return Object.freeze(copy);
}
