import * as v from 'valibot';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';

// valibot takes arrays, maps and class instances for objects; a configuration has plain ones only.
const plainObject = v.custom<Record<string, unknown>>(isPlainObject);
const text = v.string();
const words = v.array(text);

const cluster = v.strictObject({
    fsid: text,
    monitors: words,
    client: text,
    keyring: v.optional(text),
});

const host = v.strictObject({
    mac: text,
    image: text,
    filesystem: v.picklist(['ext4']),
    address: v.optional(v.picklist(['lease', 'dhcp'])),
    nicModules: v.optional(words),
    kernelArguments: v.optional(words),
    plan: v.optional(v.function()),
});

const boot = v.strictObject({
    cluster: v.pipe(plainObject, cluster),
    hosts: v.pipe(plainObject, v.record(text, v.pipe(plainObject, host))),
});

/**
 * The shape of {@link BootSpec}, for what runs past the compiler: data read from elsewhere, casts,
 * a default export without `defineBoot`. The meaning of the values is the business of `parse.ts`.
 */
export const bootSchema = v.pipe(plainObject, boot);

export type CheckedSpec = v.InferOutput<typeof bootSchema>;

/** The keys that the object at `path` may have; none if it is a table with names of its own. */
export function knownKeys(path: ConfigPath): readonly string[] {
    if (path.length === 0) {
        return Object.keys(boot.entries);
    }
    if (path[0] === 'cluster') {
        return Object.keys(cluster.entries);
    }
    return path.length === 2 ? Object.keys(host.entries) : [];
}

function isPlainObject(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return false;
    }
    // By name, not by identity: the configuration may come from another realm.
    return Object.prototype.toString.call(value) === '[object Object]';
}
