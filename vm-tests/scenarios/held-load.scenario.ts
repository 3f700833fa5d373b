import { expect } from 'vitest';
import { type BootedMachine, nobody } from '../booted-machine.ts';
import { goldenOf } from '../cluster/golden.ts';
import { snapshotTruth } from '../cluster/snapshot-truth.ts';
import { percentile } from '../report/statistics.ts';
import { scenario } from '../scenario.ts';
import { timelineOf } from '../timeline.ts';

const golden = goldenOf({});
const nodes = ['node1', 'node2', 'node3', 'node4', 'node5', 'node6'] as const;

scenario(
    {
        id: 'H20',
        title: 'six machines that get power at once all come up from one snapshot',
        tier: 'night',
        machines: nodes.map((node) => `load/${node}` as const),
        lane: 'network',
        together: nodes.length,
        cluster: 'shared',
        once: 'nothing is left of what they wrote, and no lock',
        minutes: 30,
        outcome: 'up',
    },
    async ({ boot, lab, measured, site }) => {
        await site('load');
        const before = await snapshotTruth(lab.cluster, golden, 'fresh');
        expect(before).toMatchObject({ changed: false, ...nobody });
        const machines = await Promise.all(nodes.map((node) => boot({ machine: `load/${node}` })));
        const reports = await Promise.all(machines.map((machine) => machine.up(1200)));
        for (const { failedUnits, images, root } of reports) {
            expect(root).toMatchObject({ source: 'rbdboot-overlay', fstype: 'overlay' });
            expect(images.map(({ sysfs }) => sysfs)).toMatchObject([
                { pool: 'rbd', pool_ns: 'golden', name: 'golden-plain', current_snap: 'fresh' },
            ]);
            expect(failedUnits).toBe('');
        }
        const addresses = reports.flatMap((report) => report.addresses);
        expect(new Set(addresses).size, 'each has an address of its own').toBe(nodes.length);
        // While all of them run: no watch, no lock, not a byte written.
        expect(await snapshotTruth(lab.cluster, golden, 'fresh')).toEqual(before);
        tellSeconds(machines, measured);
    },
);

/** How long they took, all together on one machine: to compare with other nights. */
function tellSeconds(
    machines: readonly BootedMachine[],
    measured: (what: string, value: string) => void,
): void {
    const phases = machines.map(({ journal, poweredOn }) => timelineOf(journal.all(), poweredOn));
    const boots = phases.flatMap((ones) => ones.at(-1)?.at ?? []);
    const maps = phases.flatMap(
        (ones) => ones.find(({ name }) => name === 'rbdboot: map-image')?.took ?? [],
    );
    expect([boots.length, maps.length]).toEqual([machines.length, machines.length]);
    const inWords = (values: readonly number[]) =>
        `p50 ${percentile(values, 0.5).toFixed(1)} s, p95 ${percentile(values, 0.95).toFixed(1)} s`;
    measured('machines at once', String(machines.length));
    measured('each boot', boots.map((seconds) => `${seconds.toFixed(1)} s`).join(', '));
    measured('boots', inWords(boots));
    measured('maps', inWords(maps));
}
