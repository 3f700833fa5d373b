import * as v from 'valibot';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { bondModes } from '../model/bond.ts';
import { fileSystems, fsckPolicies } from '../model/file-system.ts';
import { imageFeatures } from '../model/image-feature.ts';
import { type MapOptionName, type MapOptionRule, mapOptionRules } from '../model/map-options.ts';

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

const mapOptions = v.strictObject(
    Object.fromEntries(
        Object.entries(mapOptionRules).map(([name, rule]) => [name, v.optional(optionType(rule))]),
    ) as Record<MapOptionName, v.OptionalSchema<ReturnType<typeof optionType>, undefined>>,
);

const staticAddress = v.strictObject({ ip: text, gateway: v.optional(text) });
const bond = v.strictObject({ mode: v.picklist(bondModes), nics: words });
const luks = v.strictObject({ tries: v.optional(v.number('a number')), keyFile: v.optional(text) });
const reboot = v.strictObject({ reboot: text });
const overlay = v.strictObject({ size: text });
const bootDirectory = v.strictObject({
    cephfs: text,
    path: text,
    client: v.optional(text),
    keyring: v.optional(text),
});

const host = v.strictObject({
    mac: text,
    uuid: v.optional(text),
    image: text,
    filesystem: v.picklist(fileSystems),
    overlay: v.optional(wordOrTable(v.boolean('true, false or { size: "2G" }'), overlay)),
    partition: v.optional(v.number('a number')),
    root: v.optional(text),
    rootFlags: v.optional(words),
    fsck: v.optional(v.picklist(fsckPolicies)),
    address: v.optional(wordOrTable(v.picklist(['lease', 'dhcp']), staticAddress)),
    mtu: v.optional(v.number('a number')),
    vlan: v.optional(v.number('a number')),
    bond: v.optional(v.pipe(plainObject, bond)),
    nicModules: v.optional(words),
    kernelArguments: v.optional(words),
    client: v.optional(text),
    keyring: v.optional(text),
    mapOptions: v.optional(v.pipe(plainObject, mapOptions)),
    features: v.optional(v.array(v.picklist(imageFeatures))),
    luks: v.optional(wordOrTable(v.picklist(['passphrase', 'crypttab']), luks)),
    onFailure: v.optional(wordOrTable(v.picklist(['shell', 'halt']), reboot)),
    bootDirectory: v.optional(v.pipe(plainObject, bootDirectory)),
    plan: v.optional(v.function()),
});

export const boot = v.strictObject({
    kernel: v.optional(text),
    cluster: v.pipe(plainObject, cluster),
    initrd: v.optional(v.picklist(['per-host', 'shared'])),
    acceptRbdroot: v.optional(v.boolean('true or false')),
    menu: v.optional(v.string('a duration with its unit, as "5s"')),
    hosts: v.pipe(plainObject, v.record(text, v.pipe(plainObject, host))),
});

/**
 * The shape of {@link BootSpec}, for what runs past the compiler: data read from elsewhere, casts,
 * a default export without `defineBoot`. The meaning of the values is the business of `parse.ts`.
 */
export const bootSchema = v.pipe(plainObject, boot);

export type CheckedSpec = v.InferOutput<typeof bootSchema>;

/** The tables of a host, by the key that they stand under. */
const hostTables: Readonly<Record<string, { readonly entries: object }>> = {
    address: staticAddress,
    bond,
    bootDirectory,
    luks,
    mapOptions,
    onFailure: reboot,
};

/** The keys that the object at `path` may have; none if it is a table with names of its own. */
export function knownKeys(path: ConfigPath): readonly string[] {
    if (path.length === 0) {
        return Object.keys(boot.entries);
    }
    if (path[0] === 'cluster') {
        return Object.keys(cluster.entries);
    }
    if (path.length === 3) {
        return Object.keys(hostTables[String(path[2])]?.entries ?? {});
    }
    return path.length === 2 ? Object.keys(host.entries) : [];
}

/**
 * A key that takes one of some words, or else a table. Not a union of both: what is wrong is then
 * said of the one that was meant.
 */
function wordOrTable<
    const Word extends v.GenericSchema<string | boolean>,
    const Table extends v.GenericSchema<Record<string, unknown>>,
>(wordSchema: Word, table: Table) {
    return v.lazy((input): Word | Table => (isPlainObject(input) ? table : wordSchema));
}

/** The messages complete "…, but must be". */
function optionType({ kind }: MapOptionRule) {
    switch (kind) {
        case 'flag':
        case 'switch':
            return v.boolean('true or false');
        case 'count':
            return v.number('a number');
        case 'duration':
            return v.string('a duration with its unit, as "30s" or "2m"');
        case 'power':
            return v.string('a size with its unit, as "64K" or "4M"');
        default:
            return v.string();
    }
}

function isPlainObject(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return false;
    }
    // By name, not by identity: the configuration may come from another realm.
    return Object.prototype.toString.call(value) === '[object Object]';
}
