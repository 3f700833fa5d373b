// Where the key of a machine could be read, and where a careless boot script leaves it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import { findLeaks } from '../canary.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey, printKeyring } from '../cluster/key.ts';
import { ceph } from '../cluster/truth.ts';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { filesIn } from '../files-in.ts';
import { unpackInitrd } from '../images/unpack-initrd.ts';
import type { Lab } from '../lab.ts';
import { guestView } from '../qemu/guest-view.ts';
import { scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

/**
 * Looks for a key wherever somebody could come across it who has not got the root of a machine.
 *
 * @param initrd what the boot server gives to everybody.
 * @param known the keys that a bundle is to be cleared of.
 * @returns the places where it is.
 */
async function placesOf(
    key: string,
    lab: Lab,
    machine: BootedMachine,
    { initrd, known }: { readonly initrd: Buffer; readonly known: readonly string[] },
): Promise<readonly string[]> {
    const shell = await machine.logIn(30);
    const view = await guestView(machine, shell);
    shell.close();
    const bundle = join(lab.state, `${machine.name}.bundle`);
    await writeBundle({
        lab,
        machines: [machine],
        images: [machine.host.image],
        directory: bundle,
        title: 'what would be handed on of it',
        error: new Error('none'),
        failureClass: 'harness',
        repeat: 'make vm-test ONLY=S01',
        keys: known,
    });
    const file = (name: string) => readFile(join(machine.directory, name));
    const { keyrings: _, ...places } = view;
    const all = {
        ...places,
        console: await file('console.raw'),
        // Of which the last ones are the view itself.
        events: reportOf(await file('events.jsonl')),
        'log of the HTTP server': await readFile(lab.serverLogs.http),
        'initrd that all get': await unpackInitrd(initrd),
        bundle: Buffer.concat(Object.values(await filesIn(bundle))),
    };
    for (const [place, contents] of Object.entries(all)) {
        expect(contents.length, place).toBeGreaterThan(0);
    }
    return [...new Set(findLeaks(all, [key]).map((leak) => leak.file))].sort();
}

function reportOf(events: Buffer): Buffer {
    return events.subarray(0, events.indexOf('"event":"answer-'));
}

scenario(
    {
        id: 'S01',
        title: 'the key of a machine is nowhere that somebody could come across it',
        tier: 'change',
        machines: ['fleet/desk2'],
        premise: 'S01.premise',
        outcome: 'up',
    },
    async ({ boot, lab, site }) => {
        const { credentials, served } = await site('fleet');
        const key = credentials.find(({ entity }) => entity === 'client.fleet')?.key;
        const machine = await boot();
        await isUp(machine);
        expect(key).toBeDefined();
        const initrd = await readFile(join(served, 'initrd.img'));
        const known = credentials.map((one) => one.key);
        expect(await placesOf(key ?? '', lab, machine, { initrd, known })).toEqual([]);
    },
);

/**
 * What hand-written boot scripts do with a key: it is a variable of the script, on the command line
 * of the kernel, a program's argument, said for whoever looks for an error, and `secret=` of the map.
 */
function carelessly(emitted: string, key: string): string {
    const first = '\nstep_load_modules\n';
    const said = `
echo "using $careless_key" > /dev/console
echo "using $careless_key" > /dev/kmsg
echo "$careless_key" > /run/careless
sh -c 'sleep 1000; exit' careless "$careless_key" > /dev/null 2>&1 < /dev/null &
${first}`;
    const saying = replaced(emitted, first, said);
    const knowing = replaced(saying, '\nPREREQ=', `\ncareless_key=${key}\nPREREQ=`);
    return replaced(knowing, 'key=client.$client,', 'secret=$careless_key,');
}

scenario(
    {
        id: 'S01.premise',
        title: 'of a careless boot script the key is found in every place that is searched',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot, lab, site }) => {
        await site('fleet');
        // Of no other use: it is for all to see.
        const key = makeKey();
        const careless = {
            entity: 'client.careless',
            key,
            caps: { mon: 'profile rbd', osd: 'profile rbd pool=rbd namespace=fleet' },
        };
        await importCredential(lab.cluster, careless);
        try {
            let initrd = Buffer.alloc(0);
            const machine = await boot({
                bootScript: carelessly(await emittedBootScript(lab, 'fleet'), key),
                files: { 'etc/ceph/ceph.client.careless.keyring': printKeyring([careless]) },
                commandLine: (line) => `${line} rbdboot.client=careless careless=${key}`,
                initrd: (whole) => {
                    initrd = Buffer.from(whole);
                    return whole;
                },
            });
            await fetch(`http://${lab.network.server}/keys/${encodeURIComponent(key)}`);
            await isUp(machine);
            // The archive with the key is behind the one that is compressed, and is not.
            const places = await placesOf(key, lab, machine, { initrd, known: [] });
            const missed = ['initrd that all get'];
            expect(findLeaks({ initrd }, [key])).not.toEqual([]);
            expect([...places, ...missed].sort()).toEqual(
                [
                    '/run',
                    'arguments',
                    'bundle',
                    'console',
                    'environments',
                    'events',
                    'initrd that all get',
                    'journal',
                    'kernel command line',
                    'kernel log',
                    'log of the HTTP server',
                    'sysfs',
                ].sort(),
            );
        } finally {
            await ceph(lab.cluster, 'auth', 'rm', careless.entity);
        }
    },
);
