import { expect } from 'vitest';
import { blocklist, imageWatchers, lockOwner } from '../cluster/truth.ts';
import { guestReport } from '../qemu/report.ts';
import { scenario } from '../scenario.ts';

/** The OSD gives a watcher up 30 s after its last sign of life (osd_client_watch_timeout). */
const watchTimeout = 30;

scenario(
    {
        id: 'F19',
        title: 'a machine that lost its power boots again and takes its own lock back',
        tier: 'change',
        machines: ['reference'],
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { cluster, host } = lab;
        const first = await boot();
        await guestReport(first, 120);
        const before = await lockOwner(cluster, host.image);

        await first.cutPower();
        // The dead machine still has both, so this is the case that was meant.
        expect(await lockOwner(cluster, host.image)).toEqual(before);
        expect(await imageWatchers(cluster, host.image)).toHaveLength(1);

        const second = await boot();
        const report = await guestReport(second, 120 + watchTimeout);
        const after = await lockOwner(cluster, host.image);
        expect(after?.address).toBe(report.addresses[0]);
        expect(after?.client).toBe(report.images[0]?.sysfs.client_id);
        expect(after?.instance).not.toBe(before?.instance);
        expect(await blocklist(cluster)).toContain(before?.instance);
        const watchers = await imageWatchers(cluster, host.image);
        expect(watchers.map(({ instance }) => instance)).toEqual([after?.instance]);
        expect(report.root?.source).toBe('/dev/rbd0');
        expect(report.failedUnits).toBe('');
    },
);
