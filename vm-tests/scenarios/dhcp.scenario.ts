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

mountsRoot(
    {
        id: 'H05.root-path',
        title: 'a root path of the DHCP server, though it is an image, is not where a machine boots from',
        tier: 'night',
        machines: ['handover/elsewhere'],
        lane: 'direct',
    },
    async ({ machine }) => {
        // The premise: the server has sent it.
        const sent = machine.journal
            .all()
            .filter(
                ({ source, text }) =>
                    source === 'dhcp' &&
                    /sent size:.*option: +17 .*rbd\/handover\/desk1/.test(text),
            );
        expect(sent).not.toEqual([]);
        const [address] = leasesOf(machine, machine.host.mac);
        expect(await machine.image.users()).toEqual(only(address));
    },
);
