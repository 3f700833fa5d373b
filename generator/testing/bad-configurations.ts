/** The marker in a bad configuration: where the error must be reported. It is no part of it. */
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
const goodData = `export default {${good}};\n`;

/** Replaces one piece of a configuration that is in it. */
export function edit(text: string, from: string, to: string): string {
    if (!text.includes(from)) {
        throw new Error(`${JSON.stringify(from)} is not in the text`);
    }
    return text.replace(from, () => to);
}

const typed = (from: string, to: string) => edit(goodConfiguration, from, to);
const data = (from: string, to: string) => edit(goodData, from, to);

type Row = readonly [name: string, marked: string, code: string, message: string];

const mac = "'52:54:00:12:34:01'";
const image = "'rbd/hosts/desk1'";
const host = /desk1: \{[^}]*\},/.exec(good)?.[0] ?? '';
const badMac =
    'hosts.desk1.mac: "zz" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef';

const fromCompiler: readonly Row[] = [
    [
        'a missing comma',
        edit(typed(`${mac},`, mac), 'image:', '▶image:'),
        'TS1005',
        "',' expected.",
    ],
    [
        'a string that does not end',
        typed("'52:54:00:12:34:01',", "'52:54:00:12:34:01,▶"),
        'TS1002',
        'Unterminated string literal.',
    ],
    [
        'a misspelt key of a host',
        typed('filesystem:', "▶adress: 'dhcp', filesystem:"),
        'TS2561',
        "Object literal may only specify known properties, but 'adress' does not exist in type 'HostSpec'. Did you mean to write 'address'?",
    ],
    [
        'an unknown key of the cluster',
        typed('client:', '▶secret: 1, client:'),
        'TS2353',
        "Object literal may only specify known properties, and 'secret' does not exist in type 'ClusterSpec'.",
    ],
    [
        'a missing key',
        edit(typed(`image: ${image},`, ''), 'desk1:', '▶desk1:'),
        'TS2741',
        "Property 'image' is missing in type '{ mac: string; filesystem: \"ext4\"; }' but required in type 'HostSpec'.",
    ],
    [
        'a number for a string',
        typed(`mac: ${mac}`, '▶mac: 525400123401'),
        'TS2322',
        "Type 'number' is not assignable to type 'string'.",
    ],
    [
        'a file system that is not supported',
        typed("filesystem: 'ext4'", "▶filesystem: 'ext3'"),
        'TS2322',
        'Type \'"ext3"\' is not assignable to type \'"ext4"\'.',
    ],
    [
        'a name that is not defined',
        typed(host, '▶desk1,'),
        'TS18004',
        "No value exists in scope for the shorthand property 'desk1'. Either declare one or provide an initializer.",
    ],
    [
        'an import that does not exist',
        `import { hosts } from ▶'./hosts.ts';\n${goodConfiguration}\nexport { hosts };\n`,
        'TS2307',
        "Cannot find module './hosts.ts' or its corresponding type declarations.",
    ],
    [
        "Node's environment",
        typed("'desks'", "▶process.env['CLIENT'] ?? ''"),
        'TS2591',
        "Cannot find name 'process'. Do you need to install type definitions for node? Try `npm i --save-dev @types/node` and then add 'node' to the types field in your tsconfig.",
    ],
];

const fromTheRun: readonly Row[] = [
    [
        'an exception',
        `${typed(mac, 'address()')}\nfunction address(): string {\n    ▶throw new Error('no address yet');\n}\n`,
        'RB103',
        'the configuration failed while it ran: no address yet',
    ],
    [
        'something else that is thrown',
        "▶throw 'away';\nexport default {};\n",
        'RB103',
        'the configuration failed while it ran: away',
    ],
    [
        'no default export',
        '▶export const config = 1;\n',
        'RB102',
        'the file has no default export, so there is no configuration in it',
    ],
    [
        'a function as the default export',
        'export default ▶() => ({});\n',
        'RB102',
        'the default export is a function, so there is no configuration in it',
    ],
];

const fromTheShape: readonly Row[] = [
    [
        'an unknown key at the top',
        data('hosts:', '▶network: {},\n    hosts:'),
        'RB104',
        '"network" is not a key of the configuration',
    ],
    [
        'an unknown key of a host',
        data('filesystem:', '▶"adress": "dhcp", filesystem:'),
        'RB104',
        '"adress" is not a key of hosts.desk1',
    ],
    [
        'a missing table',
        "export default ▶{ cluster: { fsid: '', monitors: [], client: '' } };\n",
        'RB105',
        'the configuration has no "hosts"',
    ],
    [
        'a missing key of a host',
        edit(data("filesystem: 'ext4',", ''), 'desk1: {', 'desk1: ▶{'),
        'RB105',
        'hosts.desk1 has no "filesystem"',
    ],
    [
        'a number for a MAC address',
        data(mac, '▶525400123401'),
        'RB106',
        'hosts.desk1.mac is 525400123401, but must be a string',
    ],
    [
        'a string for a list',
        data("['10.77.0.10']", "▶'10.77.0.10'"),
        'RB106',
        'cluster.monitors is "10.77.0.10", but must be an array',
    ],
    [
        'a list of hosts',
        data(`{\n        ${host}\n    }`, '▶[]'),
        'RB106',
        'hosts is an array, but must be an object',
    ],
    [
        'a plan that is no function',
        data('filesystem:', "plan: ▶'standard', filesystem:"),
        'RB106',
        'hosts.desk1.plan is "standard", but must be a function',
    ],
    [
        'a file system of another kind',
        data("'ext4'", "▶'zfs'"),
        'RB107',
        'hosts.desk1.filesystem: "zfs" is not accepted: filesystem is "ext4"',
    ],
    [
        'an address of another kind',
        data('filesystem:', "address: ▶'static', filesystem:"),
        'RB107',
        'hosts.desk1.address: "static" is not accepted: address is "lease" or "dhcp"',
    ],
];

const fromTheValues: readonly Row[] = [
    [
        'a MAC address with five bytes',
        typed(mac, "▶'52:54:00:12:34'"),
        'RB107',
        'hosts.desk1.mac: "52:54:00:12:34" is not accepted: a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef',
    ],
    [
        'an image name with a space',
        typed(image, "▶'rbd/my desk'"),
        'RB107',
        'hosts.desk1.image: "rbd/my desk" is not accepted: "my desk" contains a space, and the kernel\'s map string has no quoting: use letters, digits, ".", "_" and "-"',
    ],
    [
        'a host name with a capital',
        typed('desk1:', '▶Desk1:'),
        'RB107',
        'the name "Desk1" is not accepted: a host name has 1 to 63 lower-case letters, digits and "-", and no "-" at either end',
    ],
    [
        'a monitor by name',
        typed("'10.77.0.10'", "'10.77.0.10', ▶'mon1'"),
        'RB107',
        'cluster.monitors[1]: "mon1" is not accepted: a monitor is an IPv4 or [IPv6] address with an optional :port; the kernel client does not look up names',
    ],
    [
        'a monitor twice',
        typed("'10.77.0.10'", "'10.77.0.10', ▶'10.77.0.10:6789'"),
        'RB107',
        'cluster.monitors[1] is not accepted: monitor 10.77.0.10:6789 is listed twice',
    ],
    [
        'no monitor',
        typed("['10.77.0.10']", '▶[]'),
        'RB107',
        'cluster.monitors is not accepted: it is empty: the kernel needs at least one monitor',
    ],
    [
        'no host',
        typed(`{\n        ${host}\n    }`, '▶{}'),
        'RB107',
        'hosts is not accepted: it names no machine: add at least one',
    ],
    [
        'a client with its type',
        typed("'desks'", "▶'client.desks'"),
        'RB107',
        'cluster.client: "client.desks" is not accepted: leave out the type: "desks"',
    ],
    [
        'an fsid that is none',
        typed("'7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90'", "▶'ceph'"),
        'RB107',
        'cluster.fsid: "ceph" is not accepted: a fsid is a UUID: "ceph fsid" prints it',
    ],
    [
        'an empty keyring path',
        typed('client:', "keyring: ▶'', client:"),
        'RB107',
        'cluster.keyring is not accepted: it names no file',
    ],
    [
        'a module with its suffix',
        typed('filesystem:', "nicModules: ['virtio_pci', ▶'virtio_net.ko'], filesystem:"),
        'RB107',
        'hosts.desk1.nicModules[1]: "virtio_net.ko" is not accepted: leave out the file suffix: "virtio_net"',
    ],
    [
        'a key on the kernel command line',
        typed('filesystem:', "kernelArguments: [▶'ceph.secret=x'], filesystem:"),
        'RB107',
        'hosts.desk1.kernelArguments[0]: "ceph.secret=x" is not accepted: it holds a key, and every user of the machine can read /proc/cmdline',
    ],
    [
        'one MAC address twice',
        typed(
            host,
            `${host}\n        desk2: { mac: ▶'52-54-00-12-34-01', image: 'rbd/2', filesystem: 'ext4' },`,
        ),
        'RB108',
        'hosts desk1 and desk2 both have the MAC address 52:54:00:12:34:01',
    ],
    [
        'one image twice',
        typed(
            host,
            `${host}\n        desk2: { mac: '52:54:00:12:34:02', image: ▶${image}, filesystem: 'ext4' },`,
        ),
        'RB109',
        'hosts desk1 and desk2 would both write to the image rbd/hosts/desk1',
    ],
];

/** The value stands somewhere else than the key. */
const fromElsewhere: readonly Row[] = [
    ['a value in a constant', `const mac = ▶'zz';\n${typed(mac, 'mac')}`, 'RB107', badMac],
    [
        'a value in a spread constant',
        `const base = { mac: ▶'zz', image: 'rbd/a', filesystem: 'ext4' } as const;\n${typed(host, "desk1: { ...base, image: 'rbd/b' },")}`,
        'RB107',
        badMac,
    ],
    [
        'a value by shorthand, of a member',
        `const macs = { first: ▶'zz' };\nconst mac = macs.first;\n${typed(`mac: ${mac}`, 'mac')}`,
        'RB107',
        badMac,
    ],
    [
        'a value behind a key that is computed',
        `const name = 'desk1' as const;\n${edit(typed('desk1:', '[name]:'), mac, "▶'zz'")}`,
        'RB107',
        badMac,
    ],
    [
        'a value behind a call',
        `const host = (mac: string) => ({ mac, image: 'rbd/b', filesystem: 'ext4' as const });\n${typed(host, "desk1: ▶host('zz'),")}`,
        'RB107',
        badMac,
    ],
    [
        'a value behind a spread call',
        `const hosts = () => Object.fromEntries([['desk1', { mac: 'zz', image: 'rbd/b', filesystem: 'ext4' as const }]]);\n${typed(host, '▶...hosts(),')}`,
        'RB107',
        badMac,
    ],
    [
        'a configuration that is a constant',
        `${edit(typed('export default', 'const spec ='), mac, "▶'zz'")}export default spec;\n`,
        'RB107',
        badMac,
    ],
    [
        'a configuration that is exported in a list',
        `${edit(typed('export default', 'const spec ='), mac, "▶'zz'")}export { spec as default };\n`,
        'RB107',
        badMac,
    ],
    [
        'a configuration that says its type',
        edit(`import type { BootSpec } from 'rbdboot';\n${goodData}`, mac, "▶'zz'").replace(
            '};\n',
            '} satisfies BootSpec;\n',
        ),
        'RB107',
        badMac,
    ],
];

/** All of them, in the order of the stages that find them. */
export const badConfigurations: readonly BadConfiguration[] = [
    ...fromCompiler,
    ...fromTheRun,
    ...fromTheShape,
    ...fromTheValues,
    ...fromElsewhere,
].map(([name, marked, code, message]) => {
    const before = marked.slice(0, marked.indexOf(marker)).split('\n');
    const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
    return { name, text: marked.replace(marker, ''), ...place, code, message };
});
