import { badMac, edit, goodData, host, mac, type Row, typed } from './row.ts';

/** The value stands somewhere else than the key. */
export const fromElsewhere: readonly Row[] = [
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
