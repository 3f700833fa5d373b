import { mac, type Row, typed } from './row.ts';

export const fromTheRun: readonly Row[] = [
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
