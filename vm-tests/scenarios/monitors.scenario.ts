// What a machine makes of monitors that are down, or hang. Which one it asks first the kernel leaves to
// chance (pick_new_mon in net/ceph/mon_client.c); the next one it asks after 3 s, 6 s, 12 s, 24 s.
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import { healthShows } from '../cluster/health.ts';
import { ceph } from '../cluster/truth.ts';
import { at, faultOver, killDaemon, pauseAskedMonitor } from '../faults/vocabulary.ts';
import { directAddress } from '../network/addresses.ts';
import { processState } from '../qemu/process-facts.ts';
import { furtherRecords } from '../records/acknowledged.ts';
import { comesUp, scenario } from '../scenario.ts';
import {
    clusterOfThree,
    expectNothingLost,
    isWriting,
    onThreeNodes,
} from '../three-nodes-scene.ts';

/** What the kernel says of a monitor that went down, or does not run. */
const monitorLost = /libceph: mon\d .*socket (?:closed|error)/;
/** Its word of a monitor that answers, and of one that it may have asked before. */
const monitorsAsked = /libceph: mon\d .*(?:session established|socket (?:closed|error))/;

/** When a machine begins to map its image, and when it has, on the clock of its journal. */
async function mapOf({ console }: BootedMachine): Promise<{ asked: number; seconds: number }> {
    const { at: asked } = await console.shows('the map', /\]: mapping rbd/, 90);
    const { at: mapped } = await console.shows('the device', /\]: rbd\S+ is \/dev\/rbd0/, 120);
    return { asked, seconds: (mapped - asked) / 1000 };
}

scenario(
    {
        ...onThreeNodes,
        id: 'F10.back',
        title: 'a machine whose monitors are all down while it asks them boots when they are back',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene, { osds: 1 });
        // It asks two of them in vain, and gives up after the 60 s of "mount_timeout".
        const down = cluster.monitors.map((one) =>
            at('rbdboot: network', killDaemon(one)).lasting(15),
        );
        const machine = await scene.boot({ allowed: monitorLost, faults: down });
        const ends = await Promise.all(down.map((one) => faultOver(machine, one, 120)));
        const back = Math.max(...ends.map(({ at: end }) => end));
        const { asked, seconds } = await mapOf(machine);
        const afterwards = asked / 1000 + seconds - back / 1000;
        expect(afterwards).toBeGreaterThan(0);
        // Since it began: 21 s or 45 s.
        expect(afterwards).toBeLessThan(45);
        await isWriting(machine);
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F11',
        title: 'a machine that runs goes on writing for a minute in which the monitors have no quorum',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({ allowed: monitorLost });
        await isWriting(machine);
        const [, ...most] = cluster.monitors;
        await machine.during(most.map(killDaemon), async () => {
            // What it needs monitors for is a change of the map; nothing changes.
            const end = performance.now() + 60_000;
            while (performance.now() < end) {
                await furtherRecords(machine, 2, 30);
            }
            // The one that is left answers nobody.
            const alone = ceph(cluster.access, '--connect-timeout', '5', 'status');
            await expect(alone).rejects.toThrow(/timed out|error connecting/i);
        });
        await healthShows(cluster.access, 'MON_DOWN', false, 60);
        await furtherRecords(machine, 2, 30);
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F12',
        title: 'a machine asks the next monitor where the one that it asks hangs',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene, { osds: 1 });
        const { site } = await scene.site('three-nodes');
        const places = cluster.monitors.map((daemon, index) => ({
            daemon,
            address: site.cluster.monitors[index]?.address ?? '',
        }));
        const address = directAddress(scene.lab, await scene.host());
        const hangs = at('rbdboot: network', pauseAskedMonitor(places, address));
        const machine = await scene.boot({ faults: [hangs] });
        const { seconds } = await mapOf(machine);
        // It gives a monitor 3 s to answer.
        expect(seconds).toBeGreaterThan(2.5);
        // By chance it comes back to the same one; if that was the leader, the others elect one first.
        expect(seconds).toBeLessThan(60);
        const [hanging] = places.filter(({ daemon }) => processState(daemon.pid()) === 'T');
        expect(hanging?.address).toBeDefined();
        const answered = / \(1\)(?<from>\S+):6789 session established/;
        const from = machine.console
            .lines()
            .flatMap((line) => answered.exec(line)?.groups?.from ?? []);
        expect(from).not.toEqual([]);
        expect(from).not.toContain(hanging?.address);
        await isWriting(machine);
        await expectNothingLost(scene, cluster, machine);
    },
);

comesUp(
    {
        ...onThreeNodes,
        id: 'H11.first',
        title: 'a machine boots while the first of its three monitors is dead',
    },
    async (machine) => {
        const { seconds } = await mapOf(machine);
        await isWriting(machine);
        return seconds;
    },
    async ({ report: seconds, scene: { lab }, time }) => {
        // The lock of its dead self takes 30 s to go.
        const most = time === 'first' ? 20 : 50;
        expect(seconds).toBeLessThan(most * lab.accelerator.slowness);
    },
    {
        allowed: monitorsAsked,
        prepare: async (scene) => {
            const { access, monitors } = await clusterOfThree(scene, { osds: 1 });
            await monitors[0]?.kill();
            await healthShows(access, 'MON_DOWN', true, 60);
            return undefined;
        },
    },
);
