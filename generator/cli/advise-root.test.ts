import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTree } from '../testing/tree.ts';
import { adviseRoot } from './advise-root.ts';

let root: string;
beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rbdboot-root-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const codes = () => adviseRoot(root).map(({ code }) => code);
const clevisOfPackage = 'usr/share/initramfs-tools/scripts/local-bottom/clevis';
const ownClevis = 'etc/initramfs-tools/scripts/local-bottom/clevis';
const dropbear = 'usr/share/initramfs-tools/scripts/init-bottom/dropbear';
const settings = 'etc/dropbear/initramfs/dropbear.conf';

it('has nothing to say of a root without any of it', () => {
    expect(adviseRoot(root)).toEqual([]);
});

describe('os-release', () => {
    it('of another release than those it is made for is named', () => {
        writeTree(root, {
            'usr/lib/os-release': 'ID=debian\nVERSION_ID=11\nPRETTY_NAME="Debian 11"\n',
        });
        mkdirSync(join(root, 'etc'));
        symlinkSync('../usr/lib/os-release', join(root, 'etc/os-release'));
        expect(adviseRoot(root)).toEqual([
            {
                code: 'RB315',
                severity: 'warning',
                message: `${root} is Debian 11: rbdboot is made for Debian 12, Debian 13, Ubuntu 24.04`,
                hint: 'boot one machine before you depend on it',
            },
        ]);
    });

    it('of this machine is not read through a link', () => {
        mkdirSync(join(root, 'etc'));
        symlinkSync('/etc/os-release', join(root, 'etc/os-release'));
        expect(codes()).toEqual([]);
    });
});

describe('fstab', () => {
    it('is told how to write the line of /', () => {
        writeTree(root, {
            'etc/fstab': '# <file system>\nUUID=1-2  / ext4\terrors=remount-ro 0 1\n',
        });
        expect(adviseRoot(root)).toMatchObject([
            {
                code: 'RB311',
                severity: 'warning',
                hint: 'write its line so: UUID=1-2 / ext4 errors=remount-ro,_netdev 0 1',
            },
        ]);
    });

    it.each([
        ['a comment', '#/dev/rbd0 / ext4 defaults 0 0'],
        ['another mount point', '/dev/rbd0 /srv ext4 defaults 0 0'],
        ['a line that has it', '/dev/rbd0 / ext4 noatime,_netdev 0 0'],
        ['nothing', '\n'],
    ])('with %s is left alone', (_, text) => {
        writeTree(root, { 'etc/fstab': text });
        expect(codes()).toEqual([]);
    });
});

it('sees dropbear, and that it leaves the NICs alone', () => {
    writeTree(root, { [dropbear]: '', [settings]: '#IFDOWN="*"\n' });
    expect(codes()).toEqual(['RB312']);
    writeTree(root, { [settings]: '#IFDOWN="*"\nIFDOWN=none\n' });
    expect(codes()).toEqual([]);
});

it('sees clevis, and the script that an administrator has put in its place', () => {
    writeTree(root, { [clevisOfPackage]: 'ip link  set   dev "$iface" down\n' });
    expect(codes()).toEqual(['RB313']);
    writeTree(root, { [ownClevis]: 'kill "$pid"\n' });
    expect(codes()).toEqual([]);
});
