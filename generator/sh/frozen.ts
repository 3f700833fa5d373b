type Unbranded<T> = { [K in keyof T as K extends symbol ? never : K]: T[K] };

/** Freezes a node, all the way down, and gives it the brand that only this folder's factories give. */
export function frozen<T extends object>(node: Unbranded<T>): T {
    freezeDeep(node);
    return node as unknown as T;
}

function freezeDeep(value: unknown): void {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(freezeDeep);
    }
}
