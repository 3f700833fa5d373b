import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { leasesOf } from '../qemu/boot-servers.ts';
import { mountsRoot } from '../scenario.ts';

mountsRoot(
    {
        id: 'H05',
        title: 'a machine that is to ask for its address itself has one by DHCP',
        tier: 'night',
        machines: ['fleet/dhcp'],
        lane: 'direct',
    },
    async ({ machine }) => {
        const leases = leasesOf(machine, machine.host.mac);
        expect(leases).toHaveLength(1);
        expect(await machine.image.users()).toEqual(only(leases[0]));
    },
);
