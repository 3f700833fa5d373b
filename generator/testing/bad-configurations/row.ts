/** Where the error must be reported: a marker in the text of a bad configuration, and no part of it. */
const marker = '▶';

/** A configuration with an error, and what must be said of it first. */
export interface BadConfiguration {
    readonly name: string;
    readonly text: string;
    /** From 1. */
    readonly line: number;
    /** From 1. */
    readonly column: number;
    readonly code: string;
    /** The first line of the message. */
    readonly message: string;
}

const good = `
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10'],
        client: 'desks',
    },
    hosts: {
        desk1: {
            mac: '52:54:00:12:34:01',
            image: 'rbd/hosts/desk1',
            filesystem: 'ext4',
        },
    },
`;

/** As the compiler checks it. */
export const goodConfiguration = `import { defineBoot } from 'rbdboot';\n\nexport default defineBoot({${good}});\n`;

/** Past the compiler: what it does not see, our own checks must. */
export const goodData = `export default {${good}};\n`;

/** Replaces one piece of a configuration that is in it. */
export function edit(text: string, from: string, to: string): string {
    if (!text.includes(from)) {
        throw new Error(`${JSON.stringify(from)} is not in the text`);
    }
    return text.replace(from, () => to);
}

export const typed = (from: string, to: string) => edit(goodConfiguration, from, to);
export const data = (from: string, to: string) => edit(goodData, from, to);

export type Row = readonly [name: string, marked: string, code: string, message: string];

export const mac = "'52:54:00:12:34:01'";
export const image = "'rbd/hosts/desk1'";
export const host = /desk1: \{[^}]*\},/.exec(good)?.[0] ?? '';
export const badMac =
    'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef';

/** Takes the marker out of a row's text, and its place with it. */
export function toBadConfiguration([name, marked, code, message]: Row): BadConfiguration {
    const before = marked.slice(0, marked.indexOf(marker)).split('\n');
    const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
    return { name, text: marked.replace(marker, ''), ...place, code, message };
}
