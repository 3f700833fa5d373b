import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type BootedMachine, nobody } from '../booted-machine.ts';
import { type Fault, startFaultyServer } from '../network/faulty-server.ts';
import { hostDirectory } from '../network/host-script.ts';
import { type Scene, scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

/** What iPXE prints at the end of a line that it could not finish. */
const failing = /https?:\S+\.\.\. /;

/** Boots a host whose initrd comes from a server that has a fault. */
async function bootWith(
    scene: Scene,
    name: string,
    fault: Fault,
    change: (script: string) => string = (script) => script,
): Promise<{ readonly machine: BootedMachine; readonly end: () => void }> {
    const { boot, lab } = scene;
    const { served, site } = await scene.site('handover');
    const { mac } = hostIn(site, name);
    const server = await startFaultyServer(lab.network.server, served, '/initrd.img', fault);
    const script = join(hostDirectory(served, mac), 'boot.ipxe');
    await writeFile(script, change(await readFile(script, 'utf8')));
    const own = script.slice(served.length);
    await writeFile(
        join(hostDirectory(lab.served, mac), 'boot.ipxe'),
        `#!ipxe\nchain http://${lab.network.server}:${server.port}${own}\n`,
    );
    const machine = await boot({ machine: `handover/${name}`, allowed: failing });
    return { machine, end: server.close };
}

const ended = (name: string) => new RegExp(`^rbdboot: ${name} cannot load its kernel and initrd: `);

const faults = [
    // iPXE names the error, and where to read about it: http://ipxe.org/...
    {
        name: 'missing',
        fault: 'missing',
        says: /initrd\.img\.\.\. No such file or directory \(http:\/\/ipxe/,
    },
    { name: 'broken', fault: 'broken', says: /initrd\.img\.\.\. HTTP 5xx Server Error \(http:/ },
    { name: 'truncated', fault: 'truncated', says: /initrd\.img\.\.\..* Input\/output error/ },
    { name: 'stalled', fault: 'stalled', says: /initrd\.img\.\.\..* Connection timed out/ },
] as const;

for (const { name, fault, says } of faults) {
    scenario(
        {
            id: `F03.${name}`,
            title: `an initrd that is ${name} on the HTTP server is never started`,
            tier: 'night',
            machines: [`handover/${name}`],
            outcome: { shows: 'what iPXE could not load', within: 150 },
        },
        async (scene) => {
            const { machine, end } = await bootWith(scene, name, fault);
            try {
                await machine.showed(ended(name));
                expect(machine.console.lines()).toContainEqual(expect.stringMatching(says));
                await machine.journal.waitFor(
                    'what to do',
                    ({ text }) =>
                        text.startsWith('To do: put vmlinuz and initrd.img at the top of'),
                    10,
                );
                expect(
                    machine.console.lines().filter((text) => /Linux version/.test(text)),
                ).toEqual([]);
                expect(await machine.image.users()).toEqual(nobody);
            } finally {
                end();
            }
        },
    );
}

scenario(
    {
        id: 'F03.patient',
        title: 'without a limit iPXE waits for a download that stalls',
        tier: 'night',
        machines: ['handover/patient'],
        outcome: { shows: 'nothing', within: 210 },
    },
    async (scene) => {
        const { machine, end } = await bootWith(scene, 'patient', 'stalled', (script) =>
            script.replaceAll(/--timeout 30000 /g, ''),
        );
        try {
            await machine.journal.waitFor(
                'the start of the download',
                ({ text }) => text.includes('vmlinuz... ok'),
                150,
            );
            // More than the emitted script gives it, less than the lab gives a machine that loops.
            const { shows } = machine.console;
            await expect(shows('the end', ended('patient'), 45)).rejects.toThrow('not within');
            machine.showedInTime();
        } finally {
            end();
        }
    },
);
