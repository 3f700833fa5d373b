import { describe, expect, it } from 'vitest';
import { keyTypeOf, parseCephKey } from './ceph-key.ts';
import { parseImageReference, printImageReference } from './image-reference.ts';
import { parseMacAddress } from './mac-address.ts';
import { parseMonitorAddress, printMonitorAddress } from './monitor-address.ts';
import { parseClientName, parseFsid, parseHostName } from './names.ts';
import type { Parsed } from './parsed.ts';

function reasonOf(parsed: Parsed<unknown>): string {
    return parsed.ok ? 'accepted' : parsed.reason;
}

function acceptedValue<T>(parsed: Parsed<T>): T {
    if (!parsed.ok) {
        throw new Error(parsed.reason);
    }
    return parsed.value;
}

describe('parseMacAddress', () => {
    it('folds case and dashes to what sysfs shows', () => {
        for (const text of ['52:54:00:AB:cd:01', '52-54-00-ab-CD-01']) {
            expect(acceptedValue(parseMacAddress(text))).toBe('52:54:00:ab:cd:01');
        }
    });
    it.each([
        ['52:54:00:ab:cd', 'six pairs'],
        ['52:54:00:ab:cd:0g', 'six pairs'],
        ['52:54:00-ab-cd-01', 'six pairs'],
        ['5254.00ab.cd01', 'six pairs'],
        ['52:54:00:ab:cd:01\n', 'six pairs'],
        ['01:00:5e:00:00:01', 'group address'],
        ['ff:ff:ff:ff:ff:ff', 'group address'],
        ['00:00:00:00:00:00', 'empty address'],
    ])('refuses %j: %s', (text, reason) => {
        expect(reasonOf(parseMacAddress(text))).toContain(reason);
    });
});

describe('parseImageReference', () => {
    it('reads an image with and without a namespace, and prints it back', () => {
        expect(acceptedValue(parseImageReference('rbd/hosts/desk1'))).toEqual({
            pool: 'rbd',
            namespace: 'hosts',
            image: 'desk1',
        });
        expect(acceptedValue(parseImageReference('rbd/desk1'))).toEqual({
            pool: 'rbd',
            image: 'desk1',
        });
        for (const text of ['rbd/desk1', 'rbd/hosts/desk1', '.mgr/_a/b-c.d_e', 'rbd/a@s-1']) {
            expect(printImageReference(acceptedValue(parseImageReference(text)))).toBe(text);
        }
    });
    it.each([
        ['desk1', 'pool/image'],
        ['a/b/c/d', 'pool/image'],
        ['rbd//desk1', 'empty'],
        ['/desk1', 'empty'],
        ['rbd/my desk', 'contains a space'],
        ['rbd/a,b', 'contains ","'],
        ['rbd/a@', 'empty'],
        ['rbd/a@b@c', 'once, at the end'],
        ['rbd/a@-', 'no snapshot'],
        ['rbd/a@b/c', 'contains "/"'],
        [`rbd/a@${'x'.repeat(251)}`, '250'],
        ['rbd@a/b', 'pool/image'],
        ['rbd/déjà', 'contains "é"'],
        ['rbd/a\nb', 'contains "\\n"'],
        ['rbd/-rf', 'begins with "-"'],
    ])('refuses %j: %s', (text, reason) => {
        expect(reasonOf(parseImageReference(text))).toContain(reason);
    });
});

describe('parseMonitorAddress', () => {
    it.each([
        ['10.0.0.1', '10.0.0.1:6789'],
        ['10.0.0.1:3300', '10.0.0.1:3300'],
        ['[fd00::1]', '[fd00::1]:6789'],
        ['[fd00::1]:3300', '[fd00::1]:3300'],
    ])('reads %s', (text, printed) => {
        expect(printMonitorAddress(acceptedValue(parseMonitorAddress(text)))).toBe(printed);
    });
    it.each([
        ['ceph-mon1', 'does not look up names'],
        ['ceph-mon1:6789', 'does not look up names'],
        ['fd00::1', 'in brackets: [fd00::1]'],
        ['v2:10.0.0.1:3300', 'write "10.0.0.1:3300" with an ms_mode such as "prefer-crc"'],
        ['v2:10.0.0.1:3300/0', 'write "10.0.0.1:3300" with an ms_mode'],
        ['v1:10.0.0.1:6789/0', 'write "10.0.0.1:6789"'],
        ['v2:[fd00::1]:3300/0', 'write "[fd00::1]:3300" with an ms_mode'],
        [
            '[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]',
            'write "10.0.0.1:6789", or "10.0.0.1:3300" with an ms_mode',
        ],
        ['10.0.0.1:0', 'between 1 and 65535'],
        ['10.0.0.1:65536', 'between 1 and 65535'],
        ['10.0.0.256', 'IPv4'],
        ['10.0.0', 'IPv4'],
        ['[10.0.0.1]', 'IPv4'],
        ['[fe80::1%eth0]', 'IPv4'],
        ['10.0.0.1:6789/0', 'leave out the nonce: "10.0.0.1:6789"'],
        ['10.0.0.1,10.0.0.2', 'IPv4'],
        ['', 'IPv4'],
    ])('refuses %j', (text, reason) => {
        expect(reasonOf(parseMonitorAddress(text))).toContain(reason);
    });
});

describe('names', () => {
    it('takes a client without its type, and says so', () => {
        expect(acceptedValue(parseClientName('desks'))).toBe('desks');
        expect(reasonOf(parseClientName('client.desks'))).toContain('"desks"');
        expect(reasonOf(parseClientName('a b'))).toContain('letters');
        expect(reasonOf(parseClientName('a,b'))).toContain('letters');
    });
    it('takes a fsid in either case', () => {
        const fsid = '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90';
        expect(acceptedValue(parseFsid(fsid.toUpperCase()))).toBe(fsid);
        expect(reasonOf(parseFsid('7b0c5c1e'))).toContain('UUID');
    });
    it('takes one label as a host name', () => {
        expect(acceptedValue(parseHostName('desk1'))).toBe('desk1');
        for (const text of ['Desk1', 'a.b', '-a', 'a-', '', 'a'.repeat(64), 'a_b']) {
            expect(reasonOf(parseHostName(text))).toContain('host name');
        }
    });
});

describe('parseCephKey', () => {
    function key(type: number, length: number, bytes = length): string {
        const buffer = Buffer.alloc(12 + bytes, 7);
        buffer.writeUInt16LE(type, 0);
        buffer.writeUInt16LE(length, 10);
        return buffer.toString('base64');
    }
    it('takes a key of type aes', () => {
        expect(acceptedValue(parseCephKey(key(1, 16)))).toBe(key(1, 16));
    });
    it('takes a key of type aes256k for a kernel that knows it', () => {
        const text = key(2, 32);
        expect(acceptedValue(parseCephKey(text, { major: 7, minor: 0 }))).toBe(text);
        expect(reasonOf(parseCephKey(text, { major: 6, minor: 18 }))).toContain(
            'kernel 6.18 knows the type aes alone',
        );
        expect(reasonOf(parseCephKey(key(3, 16), { major: 7, minor: 0 }))).toContain('its type');
        expect([keyTypeOf(text), keyTypeOf(key(1, 16)), keyTypeOf('AQ==')]).toEqual([
            'aes256k',
            'aes',
            undefined,
        ]);
    });
    it.each([
        ['cut short', key(1, 16).slice(0, 32), 'cut or changed'],
        ['with bytes missing', key(1, 16, 12), 'cut or changed'],
        ['of type aes256k', key(2, 32), 'before 7.0'],
        ['that is no base64', 'AQ == x', 'base64'],
        ['that is empty', '', 'base64'],
    ])('refuses a key %s, without repeating it', (_, text, reason) => {
        const said = reasonOf(parseCephKey(text));
        expect(said).toContain(reason);
        expect(text === '' || !said.includes(text)).toBe(true);
    });
});
