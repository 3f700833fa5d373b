import { accepted, type Parsed, refused } from './parsed.ts';

/** An RBD image: `pool/image` or `pool/namespace/image`. */
export interface ImageReference {
    readonly pool: string;
    /** Absent for an image outside any namespace. */
    readonly namespace?: string;
    readonly image: string;
}

// Narrower than what Ceph takes: the kernel's map string has white space and commas as separators
// and no escapes (drivers/block/rbd.c, rbd_add_parse_args), and a console shows the name unquoted.
const namePattern = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;

/** Reads `pool/image` or `pool/namespace/image`. */
export function parseImageReference(text: string): Parsed<ImageReference> {
    const names = text.split('/');
    if (names.length < 2 || names.length > 3) {
        return refused('an image is written pool/image or pool/namespace/image');
    }
    for (const name of names) {
        if (name === '') {
            return refused('one of its names is empty: write pool/image or pool/namespace/image');
        }
        const character = [...name].find((one) => !/[A-Za-z0-9_.-]/.test(one));
        if (character !== undefined) {
            return refused(
                `${JSON.stringify(name)} contains ${describe(character)}, and the kernel's map string has no quoting:` +
                    ' use letters, digits, ".", "_" and "-"',
            );
        }
        if (!namePattern.test(name)) {
            return refused(
                `${JSON.stringify(name)} begins with "-", which tools read as an option`,
            );
        }
    }
    const [pool = '', second = '', third] = names;
    return accepted(
        third === undefined
            ? Object.freeze({ pool, image: second })
            : Object.freeze({ pool, namespace: second, image: third }),
    );
}

/** `pool/namespace/image` or `pool/image`, as the `rbd` program takes it. */
export function printImageReference({ pool, namespace, image }: ImageReference): string {
    return [pool, namespace, image].filter((name) => name !== undefined).join('/');
}

function describe(character: string): string {
    return character === ' ' ? 'a space' : JSON.stringify(character);
}
