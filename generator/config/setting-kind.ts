import { boot, knownKeys } from './schema.ts';

/** What a key of a host takes, for a value that comes as text. */
export type SettingKind = 'text' | 'number' | 'flag' | 'words' | 'table' | 'function';

const kinds: Readonly<Record<string, SettingKind>> = {
    string: 'text',
    picklist: 'text',
    number: 'number',
    boolean: 'flag',
    array: 'words',
    strict_object: 'table',
    custom: 'table',
    function: 'function',
};

/** @param path below a host: `['image']`, `['mapOptions', 'queue_depth']`. `undefined`: no such key. */
export function settingKind(path: readonly string[]): SettingKind | undefined {
    return kinds[String(typeOf(schemaAt(path)))];
}

/** The keys of a host, or of a table in it; none if the path leads to something else. */
export function hostKeys(path: readonly string[]): readonly string[] {
    return knownKeys(['hosts', '', ...path]);
}

function schemaAt(path: readonly string[]): unknown {
    // The table of hosts is a record: its value is a host, whatever the name.
    return ['', ...path].reduce<unknown>(childOf, boot.entries.hosts);
}

/** Into a table, through what valibot puts around a schema. */
function childOf(schema: unknown, key: string): unknown {
    const inner = unwrap(schema, {});
    if (typeof inner !== 'object' || inner === null) {
        return undefined;
    }
    if ('entries' in inner && typeof inner.entries === 'object' && inner.entries !== null) {
        return Object.entries(inner.entries).find(([name]) => name === key)?.[1];
    }
    return 'value' in inner ? inner.value : undefined;
}

/**
 * What is inside of optional schemas and pipes, and what a schema that waits for its input makes of
 * this one.
 */
function unwrap(schema: unknown, input: unknown): unknown {
    if (typeof schema !== 'object' || schema === null) {
        return schema;
    }
    if ('wrapped' in schema) {
        return unwrap(schema.wrapped, input);
    }
    if ('getter' in schema && typeof schema.getter === 'function') {
        return unwrap(schema.getter(input), input);
    }
    return 'pipe' in schema && Array.isArray(schema.pipe)
        ? unwrap(schema.pipe.at(-1), input)
        : schema;
}

function typeOf(schema: unknown): unknown {
    const inner = unwrap(schema, '');
    return typeof inner === 'object' && inner !== null && 'type' in inner ? inner.type : undefined;
}
