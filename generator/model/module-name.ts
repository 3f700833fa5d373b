import { accepted, type Parsed, refused } from './parsed.ts';

/**
 * Reads the name of a kernel module: `virtio_net`, `8021q`, `i2c-core`. The name stands as one bare
 * word in the emitted scripts and in the arguments of `modprobe`.
 */
export function parseModuleName(text: string): Parsed<string> {
    if (/\.ko(\.\w+)?$/.test(text)) {
        return refused(`leave out the file suffix: "${text.slice(0, text.indexOf('.ko'))}"`);
    }
    if (!/^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(text)) {
        return refused('a module name has letters, digits, "_" and "-"');
    }
    return accepted(text);
}
