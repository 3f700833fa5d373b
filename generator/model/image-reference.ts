import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** A part of a pool with users and images of its own: `hosts`. */
export type NamespaceName = string & { readonly [brand]: 'NamespaceName' };

/** A state of an image that was kept: `golden`. */
export type SnapshotName = string & { readonly [brand]: 'SnapshotName' };

/** An RBD image: `pool/image` or `pool/namespace/image`, with `@snapshot` if one is meant. */
export interface ImageReference {
    readonly pool: string;
    /** Absent for an image outside any namespace. */
    readonly namespace?: string;
    readonly image: string;
    /** Absent for the image itself. A snapshot can only be read. */
    readonly snapshot?: string;
}

// Narrower than what Ceph takes: the kernel's map string has white space and commas as separators
// and no escapes (drivers/block/rbd.c, rbd_add_parse_args), and a console shows the name unquoted.
const namePattern = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;

const form = 'pool/image or pool/namespace/image';

/** Reads `pool/image` or `pool/namespace/image`, and either with `@snapshot`. */
export function parseImageReference(text: string): Parsed<ImageReference> {
    const [path = '', snapshotName, ...rest] = text.split('@');
    const names = path.split('/');
    if (names.length < 2 || names.length > 3) {
        return refused(`an image is written ${form}`);
    }
    if (rest.length > 0) {
        return refused('a snapshot is written once, at the end: pool/image@snapshot');
    }
    for (const name of names) {
        const reason = whyNoName(name);
        if (reason !== undefined) {
            return refused(reason);
        }
    }
    const [pool = '', second = '', third] = names;
    const snapshot = snapshotName === undefined ? undefined : parseSnapshotName(snapshotName);
    if (snapshot?.ok === false) {
        return snapshot;
    }
    return accepted(
        Object.freeze({
            pool,
            ...(third === undefined ? { image: second } : { namespace: second, image: third }),
            ...(snapshot === undefined ? {} : { snapshot: snapshot.value }),
        }),
    );
}

/** Reads the name of a namespace, as `rbd namespace create` takes it. */
export function parseNamespaceName(text: string): Parsed<NamespaceName> {
    const reason = whyNoName(text);
    return reason === undefined ? accepted(text as NamespaceName) : refused(reason);
}

/** Reads the name of a snapshot. The kernel takes 250 bytes (drivers/block/rbd.c, RBD_MAX_SNAP_NAME_LEN). */
export function parseSnapshotName(text: string): Parsed<SnapshotName> {
    if (text.length > 250) {
        return refused('the name of a snapshot has at most 250 characters');
    }
    if (text === '-') {
        return refused('"-" stands for "no snapshot" in the map string of the kernel');
    }
    const reason = whyNoName(text);
    return reason === undefined ? accepted(text as SnapshotName) : refused(reason);
}

/** `pool/namespace/image@snapshot`, without what is absent, as the `rbd` program takes it. */
export function printImageReference(reference: ImageReference): string {
    const { pool, namespace, image, snapshot } = reference;
    const path = [pool, namespace, image].filter((name) => name !== undefined).join('/');
    return snapshot === undefined ? path : `${path}@${snapshot}`;
}

function whyNoName(name: string): string | undefined {
    if (name === '') {
        return `one of its names is empty: write ${form}`;
    }
    const character = [...name].find((one) => !/[A-Za-z0-9_.-]/.test(one));
    if (character !== undefined) {
        return `${JSON.stringify(name)} contains ${describe(character)}, and the kernel's map string has no quoting: use letters, digits, ".", "_" and "-"`;
    }
    if (name === '.' || name === '..') {
        return `${JSON.stringify(name)} is a step in a path, and the links of an image are made of its names`;
    }
    return namePattern.test(name)
        ? undefined
        : `${JSON.stringify(name)} begins with "-", which tools read as an option`;
}

function describe(character: string): string {
    return character === ' ' ? 'a space' : JSON.stringify(character);
}
