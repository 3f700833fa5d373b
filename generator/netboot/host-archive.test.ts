import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CephKey } from '../model/ceph-key.ts';
import { aHost, aSite } from '../testing/builders.ts';
import { emitNetboot } from './emit.ts';
import { hostArchive } from './host-archive.ts';

const key = 'AQAAAAAAAAAAABAAc2VjcmV0IG9mIGEgdGVzdA==' as CephKey;

function cpio(...options: readonly string[]): string {
    const input = Buffer.from(hostArchive(aHost(), key).text, 'latin1');
    return execFileSync('cpio', ['--quiet', ...options], { input, encoding: 'utf8' });
}

describe('hostArchive', () => {
    it('has the facts of the host and its key, for root alone, with the directories above them', () => {
        expect(cpio('-itv').replaceAll(/ +/g, ' ').split('\n').slice(0, -1)).toEqual([
            expect.stringMatching(/^drwxr-xr-x .* etc$/),
            expect.stringMatching(/^drwxr-xr-x .* etc\/rbdboot$/),
            expect.stringMatching(/^-rw------- .* etc\/rbdboot\/host$/),
            expect.stringMatching(/^drwxr-xr-x .* etc\/ceph$/),
            expect.stringMatching(/^-rw------- .* etc\/ceph\/ceph.client.desks.keyring$/),
        ]);
        expect(cpio('-i', '--to-stdout', 'etc/rbdboot/host')).toBe(
            'rbdboot.mac=52:54:00:12:34:01 rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks\n',
        );
        expect(cpio('-i', '--to-stdout', 'etc/ceph/*')).toBe(`[client.desks]\n\tkey = ${key}\n`);
    });

    it('hands over how the host reaches the cluster, where that is more than a lease', () => {
        const nics = ['52:54:00:12:34:01', '52:54:00:12:34:02'] as never;
        const host = aHost({
            address: {
                ip: { family: 4, address: '10.77.0.5', prefix: 24 } as never,
                gateway: '10.77.0.1' as never,
            },
            mtu: 9000 as never,
            vlan: 7 as never,
            bond: { mode: '802.3ad', nics },
        });
        expect(hostArchive(host, key).text).toContain(
            ' rbdboot.client=desks rbdboot.address=10.77.0.5/24 rbdboot.gateway=10.77.0.1' +
                ' rbdboot.mtu=9000 rbdboot.vlan=7 rbdboot.bond=802.3ad,52:54:00:12:34:01,52:54:00:12:34:02\n',
        );
    });

    it('hands over the snapshot that a host boots from, and where on it the root is', () => {
        const image = { pool: 'rbd', image: 'golden', snapshot: 'v1' as never };
        const host = aHost({ image, rootLocation: 'PARTITION=2' as never });
        expect(hostArchive(host, key).text).toContain(
            ' rbdboot.image=rbd/golden@v1 rbdboot.client=desks rbdboot.root=PARTITION=2\n',
        );
        // The kernel mounts what its command line says, and a snapshot cannot be written to.
        const [, script] = emitNetboot(aSite({ hosts: [host] }));
        expect(script?.text).toContain(' initrd=initrd.img ro panic=60 ');
    });

    it('has the key of a LUKS container, for root alone', () => {
        const input = Buffer.from(hostArchive(aHost(), key, 'a2V5\n').text, 'latin1');
        const list = execFileSync('cpio', ['--quiet', '-itv'], { input, encoding: 'utf8' });
        expect(list).toMatch(/^-rw------- .* etc\/rbdboot\/luks-key$/m);
        expect(
            execFileSync('cpio', ['--quiet', '-i', '--to-stdout', 'etc/rbdboot/luks-key'], {
                input,
                encoding: 'utf8',
            }),
        ).toBe('a2V5\n');
    });

    it('is not for everyone to read on the boot server', () => {
        expect(hostArchive(aHost(), key).mode & 0o007).toBe(0);
    });

    it('is the second initrd of each host, behind the one that all share', () => {
        const site = aSite({ initrd: 'shared' });
        const [, script] = emitNetboot(site);
        expect(script?.text).toContain(
            'kernel --timeout 30000 ../../vmlinuz initrd=initrd.img initrd=host.cpio ',
        );
        expect(script?.text).toContain(
            'initrd --timeout 30000 ../../initrd.img || goto failed\ninitrd --timeout 30000 host.cpio || goto failed\n',
        );
    });
});
