import { expect } from 'vitest';
import { imageId, imageWatchers, lockOwner } from '../../cluster/truth.ts';
import { guestReport } from '../../qemu/report.ts';
import { scenario } from '../../scenario.ts';

scenario('a machine boots from its image, with the lease that iPXE hands over', async (scene) => {
    const { boot, lab } = scene;
    const { cluster, host } = lab;
    const machine = await boot();
    const report = await guestReport(machine, 120);

    // What the machine says.
    expect(report.root).toMatchObject({ source: '/dev/rbd0', fstype: 'ext4' });
    expect(report.images).toHaveLength(1);
    expect(report.images[0]?.sysfs).toMatchObject({
        pool: host.image.pool,
        pool_ns: host.image.namespace ?? '',
        name: host.image.image,
        image_id: await imageId(cluster, host.image),
        current_snap: '-',
        cluster_fsid: cluster.fsid,
    });
    expect(report.failedUnits).toBe('');

    // The address is the one that iPXE leased: there was one exchange of DHCP.
    const [address] = report.addresses;
    expect(report.addresses).toHaveLength(1);
    expect(report.commandLine).toContain(`rbdboot.address=${address}/255.255.255.0`);
    const acknowledged = machine.journal
        .all()
        .filter(({ source, text }) => source === 'dhcp' && text.includes('DHCPACK'));
    expect(acknowledged).toHaveLength(1);

    // What the cluster says.
    const watchers = await imageWatchers(cluster, host.image);
    expect(watchers.map((watcher) => watcher.address)).toEqual([address]);
    const owner = await lockOwner(cluster, host.image);
    expect(owner).toMatchObject({ address, client: report.images[0]?.sysfs.client_id });
});
