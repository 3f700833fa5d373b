import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { leasesOf, scriptsSent } from '../qemu/boot-servers.ts';
import { mountsRoot } from '../scenario.ts';

mountsRoot(
    {
        id: 'H04.two-nics',
        title: 'of two NICs the one that booted decides which script a machine gets',
        tier: 'night',
        machines: ['handover/desk2'],
    },
    async ({ machine }) => {
        const { mac } = machine.host;
        const own = `/by-mac/${mac.replaceAll(':', '-')}/boot.ipxe`;
        // The lab's own script of that name leads to the one of the configuration.
        expect(scriptsSent(machine)).toEqual([own, own]);
        const [address] = leasesOf(machine, mac);
        expect(await machine.image.users()).toEqual({ watchers: [address], owner: address });
    },
    // iPXE finds it first, and it has the address of desk1.
    { otherNics: ['52:54:00:12:44:01' as MacAddress] },
);
