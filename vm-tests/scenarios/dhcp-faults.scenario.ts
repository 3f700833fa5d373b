import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import {
    at,
    lateLease,
    leaseWithoutBootFile,
    refusedLease,
    secondServer,
} from '../faults/vocabulary.ts';
import { leasedAddress } from '../network/addresses.ts';
import { networkSize } from '../network/plan.ts';
import { scenario } from '../scenario.ts';
import { isUp, rootIsMounted } from '../until.ts';

scenario(
    {
        id: 'F02.slow',
        title: 'a machine waits for a DHCP server that answers after 20 s',
        tier: 'night',
        machines: ['faults/dhcp1'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const machine = await boot({ faults: [at('kernel', lateLease(20))] });
        await rootIsMounted(machine);
        const address = leasedAddress(lab, machine.host);
        expect(await machine.image.users()).toEqual(only(address));
    },
);

scenario(
    {
        id: 'F02.refused',
        title: 'a machine that is refused the lease it was offered asks again',
        tier: 'night',
        machines: ['faults/dhcp2'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const machine = await boot({ faults: [at('kernel', refusedLease())] });
        await rootIsMounted(machine);
        const asked = machine.journal
            .all()
            .filter(({ source, text }) => source === 'dhcp' && text.includes('DHCPREQUEST'));
        expect(asked.length).toBeGreaterThan(1);
        const address = leasedAddress(lab, machine.host);
        expect(await machine.image.users()).toEqual(only(address));
    },
);

scenario(
    {
        id: 'F02.two-servers',
        title: 'a machine that two DHCP servers answer uses one lease, and that alone',
        tier: 'night',
        machines: ['faults/dhcp1'],
        lane: 'direct',
        addresses: ['10.77.0.250'],
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const other = secondServer({ server: 250, lease: 240 });
        const machine = await boot({ faults: [at('kernel', other)] });
        const address = leasedAddress(lab, machine.host).replace(/\d+$/, '240');
        const { addresses } = await isUp(machine);
        // That of the server that answered first; the other one has not leased any.
        expect(addresses).toEqual([address]);
        const confirmed = machine.journal
            .all()
            .filter(({ source, text }) => source === 'dhcp' && text.includes('DHCPACK'));
        expect(confirmed).toEqual([]);
        expect(await machine.image.users()).toEqual(only(address));
    },
);

scenario(
    {
        id: 'F02.no-boot-file',
        title: 'iPXE that DHCP names no boot file to says so',
        tier: 'night',
        machines: ['faults/desk1'],
        // UEFI asks for the file itself, and never comes to iPXE.
        firmware: 'bios',
        outcome: { shows: 'that there is nothing to boot', within: 90 },
    },
    async ({ boot, lab }) => {
        const allowed = /Nothing to boot|No more network devices|No bootable device/;
        const machine = await boot({ allowed, faults: [at('firmware', leaseWithoutBootFile())] });
        // Where to read about it: DHCP has to name a file.
        await machine.showed(/^Nothing to boot: .*ipxe\.org\/2d03e13b/);
        const lease = `${leasedAddress(lab, machine.host)}/${networkSize.netmask}`;
        expect(machine.console.text()).toContain(`net0: ${lease}`);
        expect(await machine.image.users()).toEqual(nobody);
    },
);
