import { expect, test } from 'vitest';
import { describeMissing, missing, searchPath } from './programs.ts';

test('a program is looked up in the path, a file by its name', () => {
    const sh = { wanted: 'sh', debianPackage: 'dash' };
    const hosts = { wanted: '/etc/passwd', debianPackage: 'base-passwd' };
    expect(missing([sh, hosts], '/usr/bin:/bin')).toEqual([]);
    expect(missing([sh, hosts], '/nowhere')).toEqual([sh]);
});

test('each missing thing has a line with the package that has it', () => {
    const lines = describeMissing([
        { wanted: 'qemu-system-x86_64', debianPackage: 'qemu-system-x86' },
        { wanted: 'ceph-mon', debianPackage: 'ceph-mon' },
    ]);
    expect(lines.split('\n')).toEqual([
        'qemu-system-x86_64 is missing: install it with "apt-get install qemu-system-x86"',
        'ceph-mon is missing: install it with "apt-get install ceph-mon"',
    ]);
});

test('the path of an ordinary user gets the directories of administration programs', () => {
    expect(searchPath('/home/me/bin:/usr/bin')).toBe('/home/me/bin:/usr/bin:/usr/sbin:/sbin:/bin');
});
