import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { hostDirectory } from '../network/host-script.ts';
import { leasesOf, scriptsSent } from '../qemu/boot-servers.ts';
import { mountsRoot, type Scene } from '../scenario.ts';
import type { BootOptions } from '../scene.ts';
import { serveInitrd } from '../sites/serve-site.ts';

mountsRoot(
    {
        id: 'H03',
        title: 'a NIC that no host has boots a machine by its UUID, with no HTTP server, over TFTP',
        tier: 'night',
        machines: ['handover/uuid'],
    },
    async ({ machine }) => {
        const { mac, uuid } = machine.host;
        expect(scriptsSent(machine)).toEqual([]);
        const asked = machine.console
            .lines()
            .map((text) => /(?:^|\/)(by-(?:mac|uuid)\/\S+)\.\.\. /.exec(text)?.[1])
            .filter((path) => path !== undefined);
        const byMac = 'by-mac/52-54-00-12-44-f1/boot.ipxe';
        const byUuid = `by-uuid/${uuid}/boot.ipxe`;
        expect(asked.slice(0, 4)).toEqual([byMac, byUuid, byMac, byUuid]);
        // The NIC of the configuration has an address that it asked for itself.
        const [address] = leasesOf(machine, mac);
        expect(await machine.image.users()).toEqual({ watchers: [address], owner: address });
    },
    {
        // The lab's DHCP server names the index of the configuration for this address.
        mac: '52:54:00:12:44:f1' as MacAddress,
        // Over HTTP, at the top of the lab's server, are neither.
        allowed: /by-(mac|uuid)\/\S+\/boot\.ipxe\.\.\. No su/,
        prepare,
    },
);

async function prepare({ host, lab, site }: Scene): Promise<BootOptions> {
    const open = await site('handover');
    const { served } = open;
    const machine = await host();
    const { mac, uuid } = machine;
    expect(await readdir(join(served, 'by-uuid'))).toEqual([uuid]);
    await serveInitrd(lab, open, machine);
    // TFTP knows no users: dnsmasq gives out what everybody may read.
    for (const file of ['vmlinuz', 'initrd.img']) {
        await chmod(join(served, file), 0o644);
    }
    await chmod(join(hostDirectory(served, mac), 'host.cpio'), 0o644);
    return { otherNics: [mac], ...(uuid === undefined ? {} : { uuid }) };
}
