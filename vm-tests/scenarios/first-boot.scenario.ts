import { expect } from 'vitest';
import { networkSize } from '../network/plan.ts';
import { usualFirmware } from '../network-start.ts';
import { leasesOf } from '../qemu/boot-servers.ts';
import { boots } from '../scenario.ts';

boots(
    {
        id: 'H01',
        title: 'a machine boots from its image, with the lease that iPXE hands over',
        tier: 'change',
        machines: ['reference'],
    },
    async ({ machine, report, scene: { lab } }) => {
        const { image } = machine.host;
        // What the machine says.
        expect(report.root).toMatchObject({ source: '/dev/rbd0', fstype: 'ext4' });
        expect(report.images).toHaveLength(1);
        expect(report.images[0]?.sysfs).toMatchObject({
            pool: image.pool,
            pool_ns: image.namespace ?? '',
            name: image.image,
            image_id: await machine.image.id(),
            current_snap: '-',
            cluster_fsid: lab.cluster.fsid,
        });
        expect(report.failedUnits).toBe('');

        // The address is the one that iPXE leased, and nobody has asked for another since.
        const [address] = report.addresses;
        expect(report.addresses).toHaveLength(1);
        expect(report.commandLine).toContain(`rbdboot.address=${address}/${networkSize.netmask}`);
        const seen = machine.journal.all();
        const leases = leasesOf(machine, machine.host.mac);
        // The firmware of UEFI has had one of its own before.
        expect(leases).toHaveLength(usualFirmware === 'uefi' ? 2 : 1);
        const kernel = seen.findIndex(({ text }) => text.includes('Linux version '));
        expect(kernel).toBeGreaterThan(0);
        const asked = seen
            .slice(kernel)
            .filter(({ source, text }) => source === 'dhcp' && /DHCP(DISCOVER|REQUEST)/.test(text));
        expect(asked).toEqual([]);

        // What the cluster says.
        const owner = await machine.image.owner();
        expect(owner).toMatchObject({ address, client: report.images[0]?.sysfs.client_id });
        const watchers = await machine.image.watchers();
        expect(watchers.map(({ instance }) => instance)).toEqual([owner?.instance]);
    },
);
