import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { findLeaks } from '../canary.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { ceph } from '../cluster/truth.ts';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import type { Lab } from '../lab.ts';
import { benchScript, mapScript, openBench } from '../map-bench.ts';
import { directAddress } from '../network/addresses.ts';
import { startCapture } from '../qemu/capture.ts';
import { guestView } from '../qemu/guest-view.ts';
import { scenario } from '../scenario.ts';
import { freshImage } from '../scene.ts';
import { hostIn } from '../site.ts';
import { capsOfMap } from '../sites/recipes.ts';

const modes = ['crc', 'prefer-crc', 'secure', 'prefer-secure'] as const;

scenario(
    {
        id: 'H09',
        title: 'an image is mapped in each mode of both messengers, and from two pools',
        tier: 'night',
        machines: ['map-v2/*', 'map/*'],
        lane: 'direct',
        outcome: { shows: 'a mapping in each mode', within: 300 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { conf } = lab.cluster;
        const rbd = (...words: string[]) => execa('rbd', ['--conf', conf, ...words]);
        const map = await scene.site('map');
        const encrypting = await scene.site('map-v2');
        await ceph(lab.cluster, 'osd', 'pool', 'create', 'map-data', '8', '8');
        await ceph(lab.cluster, 'osd', 'pool', 'application', 'enable', 'map-data', 'rbd');
        const features = ['--size', '8M', '--image-feature', 'layering,exclusive-lock'];
        for (const mode of ['crc', 'prefer-crc', 'prefer-secure']) {
            // Its machine may have booted in another scenario, and still have the lock.
            const host = hostIn(encrypting.site, mode);
            await freshImage(lab, { host, open: encrypting });
        }
        await rbd('create', ...features, 'rbd/map/legacy');
        await rbd('create', ...features, '--data-pool', 'map-data', 'rbd/map/two-pools');

        const legacy = await emittedBootScript(lab, 'map');
        const scripts = await Promise.all(
            modes.map(
                async (mode) => [mode, await emittedBootScript(lab, 'map-v2', mode)] as const,
            ),
        );
        const machine = await boot({
            machine: 'map-v2/secure',
            bootScript: benchScript(Object.fromEntries(scripts).secure ?? ''),
            files: Object.fromEntries([
                ...scripts.map(([mode, script]) => [`modes/${mode}`, mapScript(script)]),
                ['modes/legacy', mapScript(legacy)],
            ]),
            allowed: /rbd/,
        });
        const bench = await openBench(machine);
        const mac = map.site.hosts[0]?.mac;
        const mapped = async (script: string, image: string) => {
            const handedOver = `rbdboot.mac=${mac} rbdboot.image=rbd/map/${image} rbdboot.client=map`;
            const tried = await bench.map(`/modes/${script}`, handedOver, 60);
            expect(tried.status, tried.lines.join('\n')).toBe(0);
            const { lines } = await bench.run('cat /sys/bus/rbd/devices/0/config_info; dmesg', 20);
            return lines;
        };
        const unmap = async () => {
            // The kernel refuses while udev still reads the new device.
            const write = 'echo 0 > /sys/bus/rbd/remove_single_major';
            const tries = `until ${write}; do sleep 0.1; done 2> /dev/null`;
            expect((await bench.run(tries, 20)).status).toBe(0);
        };
        for (const mode of modes) {
            const lines = await mapped(mode, mode);
            const line = lines.find((one) =>
                one.startsWith('10.77.0.10:3300 name=map,key=client.map,'),
            );
            expect(line, mode).toMatch(new RegExp(`,ms_mode=${mode}(,\\S*)? rbd ${mode} -$`));
            expect(lines, mode).toContainEqual(
                expect.stringContaining('mon0 (2)10.77.0.10:3300 session established'),
            );
            await unmap();
        }
        const lines = await mapped('legacy', 'legacy');
        expect(lines.some((one) => one.includes('ms_mode'))).toBe(false);
        expect(lines).toContainEqual(
            expect.stringContaining('mon0 (1)10.77.0.10:6789 session established'),
        );
        await unmap();

        await mapped('legacy', 'two-pools');
        const write = 'dd if=/dev/urandom of=/dev/rbd0 bs=64k count=16 conv=fsync';
        expect((await bench.run(write, 60)).status).toBe(0);
        await unmap();
        const { stdout } = await execa('rados', [
            ...['--conf', conf, '--pool', 'map-data', '--namespace', 'map', 'ls'],
        ]);
        expect(stdout).toContain('rbd_data.');
        machine.showedInTime();
    },
);

const clear = 'rbd_header.';

scenario(
    {
        id: 'S02',
        title: 'an encrypted root, whose key is nowhere when the machine is up',
        tier: 'night',
        machines: ['map-v2/secure'],
        lane: 'direct',
        premise: 'S02.premise',
        cluster: 'alone',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { credentials } = await scene.site('map-v2');
        const key = credentials.find(({ entity }) => entity === 'client.map')?.key ?? '';
        await withEncryptingMonitors(lab, async () => {
            const machine = await boot();
            const frames = await startCapture(machine, 2048);
            const report = await machine.up(150);
            const address = directAddress(lab, machine.host);
            expect(report.images.map(({ sysfs }) => sysfs.config_info)).toEqual([
                expect.stringMatching(
                    /^10\.77\.0\.10:3300 name=map,key=client\.map,.*ms_mode=secure/,
                ),
            ]);
            expect(await machine.image.users()).toEqual({ watchers: [address], owner: address });
            expect((await readFile(frames)).includes(clear)).toBe(false);
            const shell = await machine.logIn(30);
            const view = await guestView(machine, shell);
            shell.close();
            expect(findLeaks(view, [key])).toEqual([]);
            expect(view.keyrings.toString('latin1')).not.toMatch(inKeyring('map'));
        });
    },
);

/** A key of Ceph as "keyctl show" has it. */
function inKeyring(client: string): RegExp {
    return new RegExp(`ceph: client\\.${client}$`, 'm');
}

scenario(
    {
        id: 'S02.premise',
        title: 'a script that maps with secret= leaves the key in sysfs, one that does not drop it in a keyring, and the wire is clear',
        tier: 'night',
        machines: ['map-v2/crc'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        // Of no other use: it is for all to see.
        const careless = { entity: 'client.careless-map', key: makeKey(), caps: capsOfMap };
        await importCredential(lab.cluster, careless);
        try {
            const machine = await boot({ bootScript: await carelessScript(lab, careless.key) });
            const frames = await startCapture(machine, 2048);
            await machine.up(150);
            expect((await readFile(frames)).includes(clear)).toBe(true);
            const shell = await machine.logIn(30);
            const view = await guestView(machine, shell);
            shell.close();
            const leaks = findLeaks(view, [careless.key]);
            expect(leaks).toContainEqual({ file: 'sysfs', form: 'base64' });
            expect(view.keyrings.toString('latin1')).toMatch(inKeyring('map'));
        } finally {
            await ceph(lab.cluster, 'auth', 'rm', careless.entity);
        }
    },
);

/** As many scripts of the field do it. */
async function carelessScript(lab: Lab, key: string): Promise<string> {
    const emitted = await emittedBootScript(lab, 'map-v2', 'crc');
    const drop = /(?<=^drop_key\(\) \{\n)(?:.*\n)*?(?=\})/m;
    expect(emitted).toMatch(drop);
    const leaving = emitted.replace(drop, '    :\n');
    return replaced(leaving, 'name=map,key=client.map,', `name=careless-map,secret=${key},`);
}

scenario(
    {
        id: 'F46.mode',
        title: 'a machine that does not encrypt says so of monitors that take nothing else',
        tier: 'night',
        machines: ['map-v2/crc'],
        lane: 'direct',
        cluster: 'alone',
        outcome: { code: 'RB221', within: 60 },
    },
    async ({ boot, lab }) => {
        await withEncryptingMonitors(lab, async () => {
            const machine = await boot();
            expect(await machine.refused()).toMatchObject({
                step: 'map-image',
                what: 'the monitors do not allow ms_mode=crc',
                cure: expect.stringContaining('"ceph config get mon ms_mon_service_mode"'),
            });
            expect(await machine.image.users()).toEqual(nobody);
        });
    },
);

/** Has the monitors take no connection that is not encrypted. */
function withEncryptingMonitors(lab: Lab, work: () => Promise<void>): Promise<void> {
    return withModes(lab, 'mon', ['ms_mon_service_mode'], 'secure', work);
}

/** Has the monitors and the OSDs take connections of one kind alone. */
function offering(lab: Lab, mode: string, work: () => Promise<void>): Promise<void> {
    return withModes(lab, 'global', ['ms_mon_service_mode', 'ms_service_mode'], mode, work);
}

/** Has the daemons of a section of the configuration take connections of one kind as long as the work goes on. */
async function withModes(
    { cluster }: Lab,
    section: 'global' | 'mon',
    options: readonly string[],
    mode: string,
    work: () => Promise<void>,
): Promise<void> {
    for (const option of options) {
        await ceph(cluster, 'config', 'set', section, option, mode);
    }
    try {
        await work();
    } finally {
        for (const option of options) {
            await ceph(cluster, 'config', 'rm', section, option);
        }
    }
}

scenario(
    {
        id: 'S04',
        title: 'a machine that is to encrypt does not talk to a cluster that offers no encryption',
        tier: 'night',
        machines: ['map-v2/secure'],
        lane: 'direct',
        premise: 'S04.premise',
        cluster: 'alone',
        outcome: { code: 'RB221', within: 60 },
    },
    async ({ boot, lab }) => {
        await offering(lab, 'crc', async () => {
            const machine = await boot();
            const frames = await startCapture(machine, 2048);
            expect(await machine.refused()).toMatchObject({
                step: 'map-image',
                what: 'the monitors do not allow ms_mode=secure',
                cure: expect.stringContaining('"ceph config get mon ms_mon_service_mode"'),
            });
            expect((await readFile(frames)).includes(clear)).toBe(false);
            expect(await machine.image.users()).toEqual(nobody);
        });
    },
);

scenario(
    {
        id: 'S04.premise',
        title: 'a machine that prefers to encrypt talks in the clear where the cluster offers nothing else',
        tier: 'night',
        machines: ['map-v2/prefer-secure'],
        lane: 'direct',
        cluster: 'alone',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        await offering(lab, 'crc', async () => {
            const machine = await boot();
            const frames = await startCapture(machine, 2048);
            await machine.rootMounted(90);
            expect((await readFile(frames)).includes(clear)).toBe(true);
        });
    },
);
