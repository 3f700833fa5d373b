import { edit, goodConfiguration, host, image, mac, type Row, typed } from './row.ts';

export const fromCompiler: readonly Row[] = [
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
        'Type \'"ext3"\' is not assignable to type \'"ext4" | "xfs" | "btrfs"\'.',
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
    [
        'a map option with a letter missing',
        typed('filesystem:', 'mapOptions: { ▶queue_dept: 256 }, filesystem:'),
        'TS2561',
        "Object literal may only specify known properties, but 'queue_dept' does not exist in type 'MapOptionValues'. Did you mean to write 'queue_depth'?",
    ],
    [
        'a timeout without its unit',
        typed('filesystem:', 'mapOptions: { ▶mount_timeout: 30 }, filesystem:'),
        'TS2322',
        "Type 'number' is not assignable to type 'DurationText | undefined'.",
    ],
    [
        'a messenger mode that there is not',
        typed('filesystem:', "mapOptions: { ▶ms_mode: 'v2' }, filesystem:"),
        'TS2322',
        'Type \'"v2"\' is not assignable to type \'"legacy" | "crc" | "secure" | "prefer-crc" | "prefer-secure" | undefined\'.',
    ],
    [
        'a flag with a value',
        typed('filesystem:', "mapOptions: { ▶rxbounce: 'yes' }, filesystem:"),
        'TS2322',
        "Type 'string' is not assignable to type 'boolean | undefined'.",
    ],
    [
        'a misspelt feature',
        typed('filesystem:', "features: [▶'exclusive_lock'], filesystem:"),
        'TS2820',
        'Type \'"exclusive_lock"\' is not assignable to type \'"layering" | "striping" | "exclusive-lock" | "object-map" | "fast-diff" | "deep-flatten" | "data-pool" | "operations" | "journaling" | "migrating"\'. Did you mean \'"exclusive-lock"\'?',
    ],
    [
        'a kernel as a number',
        typed('cluster:', '▶kernel: 6.1,\n    cluster:'),
        'TS2322',
        "Type 'number' is not assignable to type 'string'.",
    ],
    [
        'a key on a level too high',
        typed('hosts:', "▶filesystem: 'ext4',\n    hosts:"),
        'TS2353',
        "Object literal may only specify known properties, and 'filesystem' does not exist in type 'BootSpec'.",
    ],
    [
        'a key twice',
        typed('filesystem:', "▶mac: '52:54:00:12:34:02', filesystem:"),
        'TS1117',
        'An object literal cannot have multiple properties with the same name.',
    ],
    [
        'no argument',
        "import { defineBoot } from 'rbdboot';\n\nexport default ▶defineBoot();\n",
        'TS2554',
        'Expected 1 arguments, but got 0.',
    ],
    [
        'an import that rbdboot does not have',
        typed('{ defineBoot }', '{ defineBoot, ▶Ceph }'),
        'TS2305',
        "Module '\"rbdboot\"' has no exported member 'Ceph'.",
    ],
];
