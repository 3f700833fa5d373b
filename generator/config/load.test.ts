import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSite } from './load.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-load-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** Writes the files into a bare folder of their own; the first one is the configuration. */
function write(files: Readonly<Record<string, string>>): string {
    const base = join(folder, String(count++));
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(base, name)), { recursive: true });
        writeFileSync(join(base, name), text);
    }
    return join(base, Object.keys(files)[0] ?? '');
}

/** The marker in the text of a case: the place at which the error must be reported. */
const here = '▶';

interface Place {
    readonly text: string;
    readonly line: number;
    readonly column: number;
}

function splitMarker(marked: string): Place {
    const before = marked.slice(0, marked.indexOf(here)).split('\n');
    return {
        text: marked.replace(here, ''),
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
    };
}

const cluster = `cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10'],
        client: 'desks',
    },`;
const host = `mac: '52:54:00:12:34:01', image: 'rbd/hosts/desk1', filesystem: 'ext4'`;

/** A typed configuration with this in it. */
function typed(body: string): string {
    return `import { defineBoot } from 'rbdboot';\n\nexport default defineBoot({\n    ${body}\n});\n`;
}

/** The same, but past the compiler, so that our own checks speak. */
function untyped(body: string): string {
    return `export default {\n    ${body}\n};\n`;
}

describe('a configuration with an error', () => {
    const one = `desk1: { ${host} }`;
    const table: readonly [name: string, config: string, code: string, message: string][] = [
        // The compiler
        [
            'a missing comma',
            typed(`${cluster}\n hosts: { desk1: { mac: '' ▶image: '' } },`),
            'TS1005',
            "',' expected.",
        ],
        [
            'a string that does not end',
            typed(`${cluster}\n hosts: { desk1: { mac: '52▶\n } },`),
            'TS1002',
            'Unterminated string literal.',
        ],
        [
            'a misspelt key of a host',
            typed(`${cluster}\n hosts: { desk1: { ${host}, ▶adress: 'dhcp' } },`),
            'TS2561',
            "Object literal may only specify known properties, but 'adress' does not exist in type 'HostSpec'. Did you mean to write 'address'?",
        ],
        [
            'a key of the cluster that no one knows',
            typed(`${cluster.replace('client:', '▶secret: 1,\n client:')}\n hosts: { ${one} },`),
            'TS2353',
            "Object literal may only specify known properties, and 'secret' does not exist in type 'ClusterSpec'.",
        ],
        [
            'a missing key',
            typed(
                `${cluster}\n hosts: { ▶desk1: { mac: '52:54:00:12:34:01', filesystem: 'ext4' } },`,
            ),
            'TS2741',
            "Property 'image' is missing in type '{ mac: string; filesystem: \"ext4\"; }' but required in type 'HostSpec'.",
        ],
        [
            'a number for a string',
            typed(
                `${cluster}\n hosts: { desk1: { ${host.replace("mac: '52:54:00:12:34:01'", '▶mac: 525400123401')} } },`,
            ),
            'TS2322',
            "Type 'number' is not assignable to type 'string'.",
        ],
        [
            'a file system that is not supported',
            typed(
                `${cluster}\n hosts: { desk1: { ${host.replace("filesystem: 'ext4'", "▶filesystem: 'ext3'")} } },`,
            ),
            'TS2322',
            'Type \'"ext3"\' is not assignable to type \'"ext4"\'.',
        ],
        [
            'a name that is not defined',
            typed(`${cluster}\n hosts: { ▶desk1 },`),
            'TS18004',
            "No value exists in scope for the shorthand property 'desk1'. Either declare one or provide an initializer.",
        ],
        [
            'an import that does not exist',
            `import { hosts } from ▶'./hosts.ts';\n${typed(`${cluster}\n hosts,`)}`,
            'TS2307',
            "Cannot find module './hosts.ts' or its corresponding type declarations.",
        ],
        [
            "Node's environment",
            typed(
                `${cluster.replace("'desks'", "▶process.env['CLIENT'] ?? ''")}\n hosts: { ${one} },`,
            ),
            'TS2591',
            "Cannot find name 'process'. Do you need to install type definitions for node? Try `npm i --save-dev @types/node` and then add 'node' to the types field in your tsconfig.",
        ],
        // The run
        [
            'an exception',
            `${typed(`${cluster}\n hosts: { desk1: { ${host.replace(/'[^']*'/, 'address()')} } },`)}\nfunction address(): string {\n    ▶throw new Error('no address yet');\n}\n`,
            'RB103',
            'the configuration failed while it ran: no address yet',
        ],
        [
            'something else that is thrown',
            `▶throw 'away';\nexport default {};\n`,
            'RB103',
            'the configuration failed while it ran: away',
        ],
        // The export
        [
            'no default export',
            `▶export const config = 1;\n`,
            'RB102',
            'the file has no default export, so there is no configuration in it',
        ],
        [
            'a function as the default export',
            `export default ▶() => ({});\n`,
            'RB102',
            'the default export is a function, so there is no configuration in it',
        ],
        // The shape, where the compiler could not see it
        [
            'an unknown key at the top',
            untyped(`${cluster}\n hosts: { ${one} },\n ▶network: {},`),
            'RB104',
            '"network" is not a key of the configuration',
        ],
        [
            'an unknown key of a host',
            untyped(`${cluster}\n hosts: { desk1: { ${host}, ▶"adress": 'dhcp' } },`),
            'RB104',
            '"adress" is not a key of hosts.desk1',
        ],
        [
            'a missing table',
            `export default ▶{\n    ${cluster}\n};\n`,
            'RB105',
            'the configuration has no "hosts"',
        ],
        [
            'a missing key of a host',
            untyped(`${cluster}\n hosts: { desk1: ▶{ ${host.replace(/, filesystem.*/, '')} } },`),
            'RB105',
            'hosts.desk1 has no "filesystem"',
        ],
        [
            'a number for a MAC address',
            untyped(
                `${cluster}\n hosts: { desk1: { ${host.replace("'52:54:00:12:34:01'", '▶525400123401')} } },`,
            ),
            'RB106',
            'hosts.desk1.mac is 525400123401, but must be a string',
        ],
        [
            'a string for a list',
            untyped(`${cluster.replace("['10.77.0.10']", "▶'10.77.0.10'")}\n hosts: { ${one} },`),
            'RB106',
            'cluster.monitors is "10.77.0.10", but must be an array',
        ],
        [
            'a list of hosts',
            untyped(`${cluster}\n hosts: ▶[{ ${host} }],`),
            'RB106',
            'hosts is an array, but must be an object',
        ],
        [
            'a file system of another kind',
            untyped(`${cluster}\n hosts: { desk1: { ${host.replace("'ext4'", "▶'zfs'")} } },`),
            'RB107',
            'hosts.desk1.filesystem: "zfs" is not accepted: filesystem is "ext4"',
        ],
        [
            'an address of another kind',
            untyped(`${cluster}\n hosts: { desk1: { ${host}, address: ▶'static' } },`),
            'RB107',
            'hosts.desk1.address: "static" is not accepted: address is "lease" or "dhcp"',
        ],
        // The values
        [
            'a MAC address with five bytes',
            typed(
                `${cluster}\n hosts: { desk1: { ${host.replace("'52:54:00:12:34:01'", "▶'52:54:00:12:34'")} } },`,
            ),
            'RB107',
            'hosts.desk1.mac: "52:54:00:12:34" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
        [
            'an image name with a space',
            typed(
                `${cluster}\n hosts: { desk1: { ${host.replace("'rbd/hosts/desk1'", "▶'rbd/my desk'")} } },`,
            ),
            'RB107',
            'hosts.desk1.image: "rbd/my desk" is not accepted: "my desk" contains a space, and the kernel\'s map string has no quoting: use letters, digits, ".", "_" and "-"',
        ],
        [
            'a host name with a capital',
            typed(`${cluster}\n hosts: { ▶Desk1: { ${host} } },`),
            'RB107',
            'the name "Desk1" is not accepted: a host name has 1 to 63 lower-case letters, digits and "-", and no "-" at either end',
        ],
        [
            'a monitor by name',
            typed(
                `${cluster.replace("'10.77.0.10'", "'10.77.0.10', ▶'mon1'")}\n hosts: { ${one} },`,
            ),
            'RB107',
            'cluster.monitors[1]: "mon1" is not accepted: a monitor is an IPv4 or [IPv6] address with an optional :port; the kernel client does not look up names',
        ],
        [
            'a monitor twice',
            typed(
                `${cluster.replace("'10.77.0.10'", "'10.77.0.10', ▶'10.77.0.10:6789'")}\n hosts: { ${one} },`,
            ),
            'RB107',
            'cluster.monitors[1] is not accepted: monitor 10.77.0.10:6789 is listed twice',
        ],
        [
            'no monitor',
            typed(`${cluster.replace("['10.77.0.10']", '▶[]')}\n hosts: { ${one} },`),
            'RB107',
            'cluster.monitors is not accepted: it is empty: the kernel needs at least one monitor',
        ],
        [
            'no host',
            typed(`${cluster}\n hosts: ▶{},`),
            'RB107',
            'hosts is not accepted: it names no machine: add at least one',
        ],
        [
            'a client with its type',
            typed(`${cluster.replace("'desks'", "▶'client.desks'")}\n hosts: { ${one} },`),
            'RB107',
            'cluster.client: "client.desks" is not accepted: leave out the type: "desks"',
        ],
        [
            'an fsid that is none',
            typed(
                `${cluster.replace("'7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90'", "▶'ceph'")}\n hosts: { ${one} },`,
            ),
            'RB107',
            'cluster.fsid: "ceph" is not accepted: a fsid is a UUID: "ceph fsid" prints it',
        ],
        [
            'an empty keyring path',
            typed(`${cluster.replace("'desks'", "'desks', keyring: ▶''")}\n hosts: { ${one} },`),
            'RB107',
            'cluster.keyring is not accepted: it names no file',
        ],
        [
            'a module with its suffix',
            typed(
                `${cluster}\n hosts: { desk1: { ${host}, nicModules: ['virtio_pci', ▶'virtio_net.ko'] } },`,
            ),
            'RB107',
            'hosts.desk1.nicModules[1]: "virtio_net.ko" is not accepted: leave out the file suffix: "virtio_net"',
        ],
        [
            'a key on the kernel command line',
            typed(
                `${cluster}\n hosts: { desk1: { ${host}, kernelArguments: [▶'ceph.secret=x'] } },`,
            ),
            'RB107',
            'hosts.desk1.kernelArguments[0]: "ceph.secret=x" is not accepted: it holds a key, and every user of the machine can read /proc/cmdline',
        ],
        // The site as a whole
        [
            'one MAC address twice',
            typed(
                `${cluster}\n hosts: { ${one}, desk2: { mac: ▶'52-54-00-12-34-01', image: 'rbd/desk2', filesystem: 'ext4' } },`,
            ),
            'RB108',
            'hosts desk1 and desk2 both have the MAC address 52:54:00:12:34:01',
        ],
        [
            'one image twice',
            typed(
                `${cluster}\n hosts: { ${one}, desk2: { mac: '52:54:00:12:34:02', image: ▶'rbd/hosts/desk1', filesystem: 'ext4' } },`,
            ),
            'RB109',
            'hosts desk1 and desk2 would both write to the image rbd/hosts/desk1',
        ],
        // Where the value stands somewhere else
        [
            'a value in a constant',
            `const mac = ▶'zz';\n${typed(`${cluster}\n hosts: { desk1: { ${host.replace("'52:54:00:12:34:01'", 'mac')} } },`)}`,
            'RB107',
            'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
        [
            'a value in a spread constant',
            `const base = { mac: ▶'zz', image: 'rbd/a', filesystem: 'ext4' } as const;\n${typed(`${cluster}\n hosts: { desk1: { ...base, image: 'rbd/b' } },`)}`,
            'RB107',
            'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
        [
            'a value by shorthand from a member',
            `const macs = { first: ▶'zz' };\nconst mac = macs.first;\n${typed(`${cluster}\n hosts: { desk1: { mac, image: 'rbd/b', filesystem: 'ext4' } },`)}`,
            'RB107',
            'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
        [
            'a value behind a call',
            `const host = (mac: string) => ({ mac, image: 'rbd/b', filesystem: 'ext4' as const });\n${typed(`${cluster}\n hosts: { desk1: ▶host('zz') },`)}`,
            'RB107',
            'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
        [
            'a value behind a spread call',
            `const hosts = () => Object.fromEntries([['desk1', { mac: 'zz', image: 'rbd/b', filesystem: 'ext4' as const }]]);\n${typed(`${cluster}\n hosts: { ▶...hosts() },`)}`,
            'RB107',
            'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
        [
            'a configuration that is a constant',
            `import { defineBoot } from 'rbdboot';\nconst spec = defineBoot({ ${cluster}\n hosts: { desk1: { ${host.replace("'52:54:00:12:34:01'", "▶'zz'")} } } });\nexport default spec;\n`,
            'RB107',
            'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
        ],
    ];

    it.each(table)('%s', async (_, config, code, message) => {
        const { text, line, column } = splitMarker(config);
        const file = write({ 'boot.config.ts': text });
        const outcome = await loadSite(file);
        if (outcome.ok) {
            expect.fail('it was accepted');
        }
        const [first] = outcome.diagnostics;
        expect({ code: first?.code, ...first?.location }).toEqual({ code, file, line, column });
        expect(first?.message.split('\n')[0]).toBe(message);
    });

    it('says what key was probably meant', async () => {
        const text = untyped(`${cluster}\n hosts: { desk1: { ${host}, adress: 'dhcp' } },`);
        const outcome = await loadSite(write({ 'boot.config.ts': text }));
        expect(outcome).toMatchObject({
            diagnostics: [{ code: 'RB104', hint: 'did you mean "address"?' }],
        });
    });

    it('says all that is wrong, in the order of the file', async () => {
        const text = typed(
            `${cluster.replace("'desks'", "'client.desks'")}\n hosts: { a: { mac: 'x', image: 'y', filesystem: 'ext4' } },`,
        );
        const outcome = await loadSite(write({ 'boot.config.ts': text }));
        expect(outcome.ok ? [] : outcome.diagnostics.map(({ path }) => path?.at(-1))).toEqual([
            'client',
            'mac',
            'image',
        ]);
    });

    it('names the imported file that is wrong', async () => {
        const file = write({
            'boot.config.ts': `import { hosts } from './site/hosts.ts';\n${typed(`${cluster}\n hosts,`)}`,
            'site/hosts.ts': `export const hosts = {\n    desk1: { mac: 'zz', image: 'rbd/a', filesystem: 'ext4' },\n} as const;\n`,
        });
        expect(await loadSite(file)).toMatchObject({
            diagnostics: [
                {
                    code: 'RB107',
                    location: { file: join(dirname(file), 'site/hosts.ts'), line: 2, column: 19 },
                },
            ],
        });
    });

    it('names the line of an imported file that threw', async () => {
        const file = write({
            'boot.config.ts': `import { hosts } from './hosts.ts';\n${typed(`${cluster}\n hosts,`)}`,
            'hosts.ts': `interface Row { readonly name: string }\nexport const hosts = {};\nconst rows: Row[] = [];\nif (rows.length === 0) {\n    throw new Error('no rows');\n}\n`,
        });
        expect(await loadSite(file)).toMatchObject({
            diagnostics: [
                { code: 'RB103', location: { file: join(dirname(file), 'hosts.ts'), line: 5 } },
            ],
        });
    });

    it.each([
        ['nowhere.config.ts', 'there is no such file'],
        ['.', 'it is a directory'],
    ])('%s cannot be read', async (name, reason) => {
        expect(await loadSite(join(folder, name))).toMatchObject({
            diagnostics: [{ code: 'RB101', message: expect.stringContaining(reason) }],
        });
    });

    it('is no TypeScript by its name', async () => {
        const file = write({ 'boot.yaml': 'hosts: {}\n' });
        expect(await loadSite(file)).toMatchObject({
            diagnostics: [{ code: 'RB101', hint: 'call it boot.config.ts, for instance' }],
        });
    });
});

describe('a good configuration', () => {
    it('gives a frozen site with defaults filled in', async () => {
        const file = write({
            'boot.config.ts': typed(`${cluster}\n hosts: { desk1: { ${host} } },`),
        });
        const outcome = await loadSite(file);
        expect(outcome).toEqual({
            ok: true,
            value: {
                source: file,
                cluster: {
                    fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
                    monitors: [{ address: '10.77.0.10', port: 6789 }],
                },
                hosts: [
                    {
                        name: 'desk1',
                        mac: '52:54:00:12:34:01',
                        image: { pool: 'rbd', namespace: 'hosts', image: 'desk1' },
                        fileSystem: 'ext4',
                        address: 'lease',
                        client: 'desks',
                        keyring: '/etc/ceph/ceph.client.desks.keyring',
                        nicModules: [],
                        kernelArguments: [],
                    },
                ],
            },
        });
        expect(outcome.ok && Object.isFrozen(outcome.value.hosts[0]?.image)).toBe(true);
    });

    it('takes the keyring from beside the configuration', async () => {
        const body = `${cluster.replace("'desks'", "'desks', keyring: 'keys/desks'")}\n hosts: { desk1: { ${host} } },`;
        const file = write({ 'boot.config.ts': typed(body) });
        expect(await loadSite(file)).toMatchObject({
            value: { hosts: [{ keyring: join(dirname(file), 'keys/desks') }] },
        });
    });

    it('may compute its hosts', async () => {
        const file = write({
            'boot.config.ts': `import { defineBoot, type HostSpec } from 'rbdboot';
const hosts: Record<string, HostSpec> = {};
for (let n = 1; n <= 3; n++) {
    hosts[\`desk\${n}\`] = { mac: \`52:54:00:00:00:0\${n}\`, image: \`rbd/desk\${n}\`, filesystem: 'ext4' };
}
export default defineBoot({ ${cluster} hosts });
`,
        });
        const outcome = await loadSite(file);
        expect(outcome.ok && outcome.value.hosts.map(({ name }) => name)).toEqual([
            'desk1',
            'desk2',
            'desk3',
        ]);
    });

    it('is read anew each time', async () => {
        const text = typed(`${cluster}\n hosts: { desk1: { ${host} } },`);
        const file = write({ 'boot.config.ts': text });
        await loadSite(file);
        writeFileSync(file, text.replace('desk1:', 'desk9:'));
        expect(await loadSite(file)).toMatchObject({ value: { hosts: [{ name: 'desk9' }] } });
    });
});
