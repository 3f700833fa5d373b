import { execa } from 'execa';
import { expect } from 'vitest';
import { findLeaks } from '../canary.ts';
import { makeKey } from '../cluster/key.ts';
import { ceph } from '../cluster/truth.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { benchScript, mapScript, openBench } from '../map-bench.ts';
import { directAddress } from '../network/addresses.ts';
import { type Scene, scenario } from '../scenario.ts';

const modes = ['crc', 'prefer-crc', 'secure', 'prefer-secure'] as const;

scenario(
    {
        id: 'H09',
        title: 'an image is mapped in each mode of both messengers, and from two pools',
        tier: 'night',
        machines: ['map-v2/secure', 'map/*'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { conf } = lab.cluster;
        const rbd = (...words: string[]) => execa('rbd', ['--conf', conf, ...words]);
        const map = await scene.site('map');
        await scene.site('map-v2');
        await ceph(lab.cluster, 'osd', 'pool', 'create', 'map-data', '8', '8');
        await ceph(lab.cluster, 'osd', 'pool', 'application', 'enable', 'map-data', 'rbd');
        const features = ['--size', '8M', '--image-feature', 'layering,exclusive-lock'];
        for (const mode of ['legacy', 'crc', 'prefer-crc', 'prefer-secure']) {
            await rbd('create', ...features, `rbd/map/${mode}`).catch(() => {});
        }
        await rbd('create', ...features, '--data-pool', 'map-data', 'rbd/map/two-pools');

        const legacy = await emittedBootScript(lab, 'map');
        const scripts = await Promise.all(
            modes.map(
                async (mode) => [mode, await emittedBootScript(lab, 'map-v2', mode)] as const,
            ),
        );
        const machine = await boot({
            machine: 'map-v2/secure',
            lane: 'direct',
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
            const write = 'echo 0 > /sys/bus/rbd/remove_single_major';
            expect((await bench.run(write, 20)).status).toBe(0);
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
    },
);

// What somebody can read who is root of the running machine, but for the memory of the kernel.
const everything = [
    'cat /proc/cmdline /proc/keys /proc/key-users /sys/bus/rbd/devices/*/*',
    'dmesg',
    'journalctl --no-pager',
    'cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline',
    'find /run -xdev -type f -exec cat {} +',
    'keyctl show @u',
    'keyctl show @us',
    'keyctl show @s',
].join('; ');

scenario(
    {
        id: 'S02',
        title: 'an encrypted root, whose key is nowhere when the machine is up',
        tier: 'night',
        machines: ['map-v2/secure'],
        lane: 'direct',
        premise: 'itself',
        cluster: 'alone',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const open = await scene.site('map-v2');
        const host = open.site.hosts.find(({ name }) => name === 'secure');
        const key = open.credentials.find(({ entity }) => entity === 'client.map')?.key;
        if (host === undefined || key === undefined) {
            throw new Error('the site has no host "secure" with a key');
        }
        // From here on the monitor takes no connection that is not encrypted.
        await ceph(lab.cluster, 'config', 'set', 'mon', 'ms_mon_service_mode', 'secure');
        try {
            const machine = await boot();
            const report = await machine.up(150);
            const address = directAddress(lab, host);
            expect(report.images.map(({ sysfs }) => sysfs.config_info)).toEqual([
                expect.stringMatching(
                    /^10\.77\.0\.10:3300 name=map,key=client\.map,.*ms_mode=secure/,
                ),
            ]);
            expect(await machine.image.users()).toEqual({
                watchers: [address],
                owner: address,
            });
            // A key like it, put where it must not be: the search finds what is there.
            const planted = makeKey();
            const found = await readable(machine, planted);
            expect(findLeaks({ found }, [planted]).map(({ form }) => form)).toEqual(
                expect.arrayContaining(['base64', 'bytes']),
            );
            expect(findLeaks({ found }, [key])).toEqual([]);
            expect(found.toString('latin1')).not.toMatch(/\bceph\b.*client\.map: /);
        } finally {
            await ceph(lab.cluster, 'config', 'rm', 'mon', 'ms_mon_service_mode');
        }
    },
);

/** All that is readable, over the port for events: the console would show it. */
async function readable(machine: Awaited<ReturnType<Scene['boot']>>, planted: string) {
    const shell = await machine.logIn(30);
    const plant = `echo ${planted} | tee /run/planted | base64 -d > /run/planted.bytes`;
    expect(await shell.run(plant, 20)).toBe(0);
    const begin = `printf '{"event":"readable","uptime":0,"data":"'`;
    const end = String.raw`printf '"}\n'`;
    const send = `{ ${begin}; { ${everything}; } 2> /dev/null | base64 -w 0; ${end}; } > /dev/virtio-ports/org.rbdboot.events`;
    expect(await shell.run(send, 90)).toBe(0);
    shell.close();
    const { data } = await machine.journal.waitFor(
        'what is readable',
        ({ source, text }) => source === 'guest' && text === 'readable',
        60,
    );
    return Buffer.from(String(data), 'base64');
}
