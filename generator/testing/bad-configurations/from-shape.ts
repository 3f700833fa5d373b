import { data, edit, host, mac, type Row } from './row.ts';

export const fromTheShape: readonly Row[] = [
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
    [
        'a map option that there is not',
        data('filesystem:', 'mapOptions: { ▶queue_dept: 256 }, filesystem:'),
        'RB104',
        '"queue_dept" is not a key of hosts.desk1.mapOptions',
    ],
    [
        'a map option that rbdboot sets',
        data('filesystem:', "mapOptions: { ▶name: 'admin' }, filesystem:"),
        'RB107',
        'hosts.desk1.mapOptions.name is not accepted: rbdboot writes it from "client"',
    ],
    [
        'a secret among the map options',
        data('filesystem:', "mapOptions: { ▶secret: 'x' }, filesystem:"),
        'RB107',
        'hosts.desk1.mapOptions.secret is not accepted: sysfs would show it to every root process: rbdboot uses the keyring of the kernel',
    ],
    [
        'a number for a duration',
        data('filesystem:', 'mapOptions: { mount_timeout: ▶30 }, filesystem:'),
        'RB106',
        'hosts.desk1.mapOptions.mount_timeout is 30, but must be a duration with its unit, as "30s" or "2m"',
    ],
    [
        'a number for a size',
        data('filesystem:', 'mapOptions: { alloc_size: ▶65536 }, filesystem:'),
        'RB106',
        'hosts.desk1.mapOptions.alloc_size is 65536, but must be a size with its unit, as "64K" or "4M"',
    ],
    [
        'a text for a flag',
        data('filesystem:', "mapOptions: { rxbounce: ▶'on' }, filesystem:"),
        'RB106',
        'hosts.desk1.mapOptions.rxbounce is "on", but must be true or false',
    ],
    [
        'a feature that there is not',
        data('filesystem:', "features: ['layering', ▶'lock'], filesystem:"),
        'RB107',
        'hosts.desk1.features[1]: "lock" is not accepted: features is one of "layering", "striping", "exclusive-lock", "object-map", "fast-diff", "deep-flatten", "data-pool", "operations", "journaling", "migrating"',
    ],
    [
        'a host that is a list',
        data(host, 'desk1: ▶[],'),
        'RB106',
        'hosts.desk1 is an array, but must be an object',
    ],
    [
        'a monitor that is a number',
        data("'10.77.0.10'", '▶10'),
        'RB106',
        'cluster.monitors[0] is 10, but must be a string',
    ],
];
