import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeTree } from '../testing/tree.ts';
import { checkRoot } from './check-root.ts';

let base: string;
let root: string;
beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'rbdboot-root-'));
    root = join(base, 'root');
    writeTree(root, {
        'usr/share/initramfs-tools/hook-functions': '',
        'usr/sbin/mkinitramfs': '',
        'usr/bin/busybox': '',
        'usr/bin/keyctl': '',
        'usr/sbin/e2fsck': '',
    });
});
afterEach(() => rmSync(base, { recursive: true }));

const needed = ['/usr/bin/keyctl', '/usr/sbin/e2fsck'];
const codes = () => checkRoot(root, needed).map(({ code }) => code);
const at = (path: string) => join(root, path);

it('accepts a root that has what it takes', () => {
    expect(checkRoot(root, needed)).toEqual([]);
});

it('finds programs where links lead inside the root', () => {
    // As after the merge of /usr, and as alternatives do it.
    mkdirSync(at('opt'));
    writeFileSync(at('opt/busybox'), '');
    rmSync(at('usr/bin/busybox'));
    symlinkSync('/opt/busybox', at('usr/bin/busybox'));
    symlinkSync('usr/bin', at('bin'));
    expect(codes()).toEqual([]);
});

it('does not take a program of this machine for one of the root', () => {
    writeFileSync(join(base, 'mkinitramfs'), '');
    rmSync(at('usr/sbin/mkinitramfs'));
    symlinkSync(join(base, 'mkinitramfs'), at('usr/sbin/mkinitramfs'));
    expect(codes()).toEqual(['RB302']);
});

it('names each program that is missing, and its package', () => {
    rmSync(at('usr/bin'), { recursive: true });
    // As mmdebstrap leaves Debian 13: e2fsprogs is not in every system any more.
    rmSync(at('usr/sbin/e2fsck'));
    const install = `install it: chroot ${root} apt-get install`;
    expect(checkRoot(root, [...needed, '/usr/sbin/ethtool'])).toMatchObject([
        { code: 'RB306', hint: `${install} busybox` },
        { code: 'RB306', hint: `${install} keyutils` },
        {
            code: 'RB306',
            message: `${root} has no /usr/sbin/e2fsck, which the machine needs`,
            hint: `${install} e2fsprogs`,
        },
        { code: 'RB306', hint: 'install its package in it' },
    ]);
});

it('knows where Ubuntu keeps its busybox', () => {
    rmSync(at('usr/bin/busybox'));
    writeTree(root, { 'usr/lib/initramfs-tools/bin/busybox': '' });
    expect(codes()).toEqual([]);
});

it('refuses a root whose initrds dracut makes', () => {
    writeTree(root, { 'usr/bin/dracut': '' });
    expect(codes()).toEqual(['RB316']);
    // dracut may be there for something else.
    writeTree(root, { 'var/lib/dpkg/info/initramfs-tools.list': '' });
    expect(codes()).toEqual([]);
});

it.each([
    ['a file', () => writeFileSync(root, '')],
    ['nothing', () => undefined],
    ['a link to nothing', () => symlinkSync('nowhere', root)],
])('refuses %s', (_, make) => {
    rmSync(root, { recursive: true });
    make();
    expect(codes()).toEqual(['RB301']);
});

it('asks for what opens a LUKS container by /etc/crypttab', () => {
    const check = () =>
        checkRoot(root, needed, { kind: 'crypttab' }).map(
            ({ code, message }) => `${code} ${message.replaceAll(root, '')}`,
        );
    expect(check()).toEqual([
        'RB306  has no usr/share/initramfs-tools/hooks/cryptroot, which the machine needs',
        'RB319 /etc/crypttab has no target "root"',
    ]);
    writeTree(root, {
        'usr/share/initramfs-tools/hooks/cryptroot': '',
        'etc/crypttab': '# root\nswap /dev/sda none swap\nroot UUID=1 none luks\n',
    });
    expect(check()).toEqual([
        'RB319 the target "root" in /etc/crypttab lacks the option "initramfs"',
    ]);
    writeFileSync(at('etc/crypttab'), 'root UUID=1 none luks,initramfs\n');
    expect(check()).toEqual([]);
});
