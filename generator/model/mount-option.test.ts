import { expect, it } from 'vitest';
import { onlyFileSystem, parseMountOption } from './mount-option.ts';

const reasonFor = (text: string) => {
    const parsed = parseMountOption(text);
    return parsed.ok ? undefined : parsed.reason;
};

it('takes what mount takes', () => {
    for (const text of ['noatime', 'subvol=@', 'subvol=/@/root', 'compress=zstd:3', 'commit=30']) {
        expect(parseMountOption(text)).toEqual({ ok: true, value: text });
    }
});

it('refuses what the shell of the initramfs would take for something else', () => {
    const hostile = ["a'b", 'a b', 'a=b c', 'a=$(b)', 'a=`b`', 'a=*', 'a=?', 'a=[b]', 'a;b', '-o'];
    for (const text of [...hostile, 'a\nb', 'a=', '=a', '', 'A', 'a=é', 'a\\b', 'a,b']) {
        expect(reasonFor(text), text).toBeDefined();
    }
});

it('says where an option belongs that is no option of a first mount', () => {
    expect(reasonFor('ro')).toContain('mounts a snapshot read-only');
    expect(reasonFor('noload')).toContain('not replayed');
    expect(reasonFor('x-systemd.automount')).toBe('it is for fstab alone');
});

it('knows which options one file system alone has', () => {
    const only = ['subvol=@', 'subvolid=256', 'noatime'].map((text) => {
        const parsed = parseMountOption(text);
        return parsed.ok ? onlyFileSystem(parsed.value) : 'refused';
    });
    expect(only).toEqual(['btrfs', 'btrfs', undefined]);
});
