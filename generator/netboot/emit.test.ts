import { describe, expect, it } from 'vitest';
import type { Seconds } from '../model/duration.ts';
import type { ClientName } from '../model/names.ts';
import type { Host, Site } from '../model/site.ts';
import { aHost, aSite } from '../testing/builders.ts';
import { emitNetboot } from './emit.ts';

function textOf(site: Site, path: string): string {
    return emitNetboot(site).find((file) => file.path === path)?.text ?? 'no such file';
}

function kernelLine(host: Host): string {
    const path = `by-mac/${host.mac.replaceAll(':', '-')}/boot.ipxe`;
    const lines = textOf(aSite({ hosts: [host] }), path).split('\n');
    return lines.find((line) => line.startsWith('kernel ')) ?? 'no kernel line';
}

describe('emitNetboot', () => {
    it('writes an index and one script a host, by the MAC address as iPXE prints it', () => {
        const site = aSite({ hosts: [aHost(), aHost({ mac: '52:54:00:00:00:0a' })] });
        expect(emitNetboot(site).map(({ path }) => path)).toEqual([
            'boot.ipxe',
            'by-mac/52-54-00-12-34-01/boot.ipxe',
            'by-mac/52-54-00-00-00-0a/boot.ipxe',
        ]);
        expect(textOf(site, 'boot.ipxe')).toContain(
            'set by-mac by-mac/${netX/mac:hexhyp}/boot.ipxe',
        );
        // Where nobody has a UUID, nothing asks for one.
        expect(textOf(site, 'boot.ipxe')).not.toContain('by-uuid');
    });

    it('looks for a script by MAC, then by UUID, over HTTP and then beside the index', () => {
        const uuid = '4c4c4544-0042-3510-8052-b4c04f4a4e32';
        const site = aSite({ hosts: [aHost({ uuid }), aHost({ mac: '52:54:00:00:00:0a' })] });
        expect(textOf(site, 'boot.ipxe').split('\n').slice(4, 12)).toEqual([
            'set by-mac by-mac/${netX/mac:hexhyp}/boot.ipxe',
            'set by-uuid by-uuid/${uuid}/boot.ipxe',
            '',
            'isset ${next-server} || goto beside',
            'chain --timeout 30000 http://${next-server}/${by-mac} || chain --timeout 30000 http://${next-server}/${by-uuid} || goto beside',
            '',
            ':beside',
            'chain --timeout 30000 ${by-mac} || chain --timeout 30000 ${by-uuid} || goto failed',
        ]);
        expect(emitNetboot(site).map(({ path }) => path)).toContain(`by-uuid/${uuid}/boot.ipxe`);
    });

    it('hands no lease over where a host is found by UUID: it is that of another NIC', () => {
        const uuid = '4c4c4544-0042-3510-8052-b4c04f4a4e32';
        const hosts = [aHost({ uuid })];
        const path = `by-uuid/${uuid}/boot.ipxe`;
        const own = '../../by-mac/52-54-00-12-34-01/';
        const lines = (site: Site) =>
            textOf(site, path)
                .split('\n')
                .filter((line) => /^(kernel|initrd) /.test(line));
        expect(lines(aSite({ hosts }))).toEqual([
            `kernel --timeout 30000 ${own}vmlinuz initrd=initrd.img rw panic=60 console=ttyS0,115200 || goto failed`,
            `initrd --timeout 30000 ${own}initrd.img || goto failed`,
        ]);
        expect(lines(aSite({ hosts, initrd: 'shared' }))).toEqual([
            'kernel --timeout 30000 ../../vmlinuz initrd=initrd.img initrd=host.cpio rw panic=60 console=ttyS0,115200 || goto failed',
            'initrd --timeout 30000 ../../initrd.img || goto failed',
            `initrd --timeout 30000 ${own}host.cpio || goto failed`,
        ]);
    });

    it('loads what the machine has named in its boot directory', () => {
        const bootDirectory = {
            fileSystem: 'cephfs',
            path: '/hosts/desk1',
            client: 'boot' as ClientName,
            keyring: '/etc/ceph/ceph.client.boot.keyring',
        };
        const text = textOf(
            aSite({ hosts: [aHost({ bootDirectory, address: 'dhcp' })] }),
            'by-mac/52-54-00-12-34-01/boot.ipxe',
        );
        const files = '../../cephfs/cephfs/hosts/desk1/';
        expect(text.split('\n').slice(5, 9)).toEqual([
            `chain --timeout 30000 --autofree ${files}boot-files.ipxe || goto failed`,
            `kernel --timeout 30000 ${files}\${vmlinuz} initrd=\${initrd} rw panic=60 console=ttyS0,115200 || goto failed`,
            `initrd --timeout 30000 ${files}\${initrd} || goto failed`,
            'boot || goto failed',
        ]);
        expect(text).toContain(
            'To do: mount the CephFS cephfs at cephfs/cephfs on the HTTP server',
        );
    });

    it('begins each script with the magic that iPXE looks for', () => {
        for (const { text } of emitNetboot(aSite())) {
            expect(text.split('\n')[0]).toBe('#!ipxe');
        }
    });

    it('hands the leased address over, unless the host asks for its own DHCP exchange', () => {
        expect(kernelLine(aHost({ address: 'lease' }))).toContain(
            ' rbdboot.address=${netX/ip}/${netX/netmask} rbdboot.gateway=${netX/gateway} ',
        );
        expect(kernelLine(aHost({ address: 'dhcp' }))).not.toContain('rbdboot.');
    });

    it('offers the previous kernel and initrd in a menu, and boots the current by itself', () => {
        const site = aSite({ initrd: 'shared', menu: 5 as Seconds });
        const text = textOf(site, 'by-mac/52-54-00-12-34-01/boot.ipxe');
        expect(text).toContain(
            'choose --default current --timeout 5000 entry || goto current\ngoto ${entry}\n',
        );
        const [, current = '', previous = ''] = text.split(/^:(?:current|previous)$/m);
        expect(current).toMatch(/vmlinuz initrd=initrd.img initrd=host.cpio .* goto failed$/m);
        expect(previous).toMatch(
            /vmlinuz.old initrd=initrd.img.old initrd=host.cpio .* goto no-previous$/m,
        );
        // Of an attempt that failed nothing may be left to pass for an initrd.
        expect([current, previous].map((part) => part.startsWith('\nimgfree\n'))).toEqual([
            true,
            true,
        ]);
        expect(previous.match(/^(kernel|initrd|boot) .*/gm)?.length).toBe(4);
    });

    it.each([
        [{}, 'panic=60'],
        [{ onFailure: { kind: 'reboot', after: 5 as Seconds } }, 'panic=5'],
        [{ onFailure: { kind: 'halt' } }, 'panic=0'],
        [{ onFailure: { kind: 'shell' } }, 'panic='],
    ] as const)('says what follows a failure: %j', (changes, argument) => {
        expect(kernelLine(aHost(changes)).split(' ')).toContain(argument);
    });

    it('puts the arguments of the host last, so that they win', () => {
        expect(kernelLine(aHost({ kernelArguments: ['loglevel=4', 'quiet'] }))).toMatch(
            / panic=60 .* loglevel=4 quiet \|\| goto failed$/,
        );
    });

    it('ends every line that can fail with a way to the message', () => {
        for (const { text } of emitNetboot(aSite())) {
            const commands = text
                .split('\n')
                .filter((line) => /^(kernel|initrd|boot|chain)\b/.test(line));
            expect(commands.length).toBeGreaterThan(0);
            expect(commands.filter((line) => !/ \|\| goto (failed|beside)$/.test(line))).toEqual(
                [],
            );
            // A download that stalls would be waited for until somebody comes.
            const downloads = commands.filter((line) => !line.startsWith('boot '));
            expect(downloads.filter((line) => !line.includes(' --timeout '))).toEqual([]);
            expect(text).toContain('\n:failed\n');
            // iPXE has it since 2024: Debian 12's prints nothing in its place.
            expect(text).not.toContain('cwduri');
        }
    });
});
