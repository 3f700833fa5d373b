import { describe, expect, it } from 'vitest';
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
        expect(textOf(site, 'boot.ipxe')).toContain('/by-mac/${netX/mac:hexhyp}/boot.ipxe');
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

    it('puts the arguments of the host last, so that they win', () => {
        expect(kernelLine(aHost({ kernelArguments: ['panic=5', 'quiet'] }))).toMatch(
            / panic=60 .* panic=5 quiet \|\| goto failed$/,
        );
    });

    it('ends every line that can fail with a way to the message', () => {
        for (const { text } of emitNetboot(aSite())) {
            const commands = text
                .split('\n')
                .filter((line) => /^(kernel|initrd|boot|chain)\b/.test(line));
            expect(commands.length).toBeGreaterThan(0);
            expect(commands.filter((line) => !line.endsWith('|| goto failed'))).toEqual([]);
            expect(text).toContain('\n:failed\n');
        }
    });
});
