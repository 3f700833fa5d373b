// What the kernel refuses, and what a machine says of it: a table, in one machine. The boot script
// is the emitted one; what a row has otherwise is in the row.
import { execa } from 'execa';
import { expect } from 'vitest';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { askUntil } from '../ask-until.ts';
import { makeKey } from '../cluster/key.ts';
import type { ClusterAccess } from '../cluster/start.ts';
import { ceph, lockOwner } from '../cluster/truth.ts';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { benchScript, mapScript, openBench, reportIn } from '../map-bench.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';
import { freshImage } from '../scene.ts';
import { hostIn } from '../site.ts';

interface Row {
    readonly name: string;
    /** In the namespace of the scenario. Default: the machine's own. */
    readonly image?: string;
    readonly client?: string;
    /** The host of `map-v2` whose script is used. Default: the script that speaks messenger 1. */
    readonly mode?: 'crc' | 'secure';
    readonly change?: (script: string) => string;
    readonly code: string;
    readonly what: string | RegExp;
    readonly cure: string | RegExp;
    /** What is so meanwhile. */
    readonly during?: (around: Around, map: () => Promise<void>) => Promise<void>;
}

/** What is around the machine. */
interface Around {
    readonly cluster: ClusterAccess;
    /** Of the machine. */
    readonly address: string;
    /** The image of the host of `map-v2` that speaks messenger 2 in the clear; nobody has it open. */
    readonly unheld: ImageReference;
}

const key = 'key=client.$client';

const rows: readonly Row[] = [
    {
        name: 'not-in-keyring',
        change: (script) => replaced(script, key, 'key=client.nobody'),
        code: 'RB223',
        what: 'the key of client.map was gone from the kernel keyring before it was used',
        cure: /keyctl/,
    },
    {
        name: 'no-secret',
        change: (script) => replaced(script, `,${key}`, ''),
        code: 'RB223',
        what: 'the cluster asks for a key, and client.map was mapped without one',
        cure: /rbdboot ipxe/,
    },
    {
        name: 'malformed-secret',
        change: (script) => replaced(script, key, 'secret=AAAA'),
        code: 'RB223',
        what: 'the kernel cannot read the key of client.map',
        cure: /ceph auth get client.map/,
    },
    {
        name: 'aes256k-secret',
        change: (script) => replaced(script, key, `secret=${aes256k()}`),
        code: 'RB223',
        what: 'the kernel cannot read the key of client.map',
        cure: /of a type that this kernel does not know/,
    },
    {
        name: 'malformed-key',
        client: 'map-malformed',
        code: 'RB213',
        what: 'the key of client.map-malformed cannot be put into the kernel keyring',
        cure: /rbdboot ipxe/,
    },
    {
        name: 'aes256k-key',
        client: 'map-aes256k',
        code: 'RB223',
        what: 'the key of client.map-aes256k is of a type that this kernel does not know: aes256k',
        cure: /"ceph auth get-or-create client.map-aes256k --key-type=aes .*rbdboot ipxe/,
    },
    {
        name: 'monitor-name',
        change: (script) => replaced(script, '10.77.0.10:6789 name', 'mon.example name'),
        code: 'RB209',
        what: 'the kernel cannot read the addresses of the monitors',
        cure: /ADDRESS:PORT/,
    },
    {
        name: 'messenger-2-at-port-1',
        mode: 'crc',
        change: (script) => replaced(script, ':3300', ':6789'),
        code: 'RB221',
        what: '10.77.0.10:6789 speaks messenger 1, and ms_mode=crc is messenger 2',
        cure: /3300/,
    },
    {
        name: 'messenger-1-at-port-2',
        change: (script) => replaced(script, ':6789', ':3300'),
        code: 'RB221',
        what: '10.77.0.10:3300 does not speak messenger 1, which this machine speaks without "ms_mode"',
        cure: /6789.*prefer-crc/,
    },
    {
        name: 'no-gcm',
        mode: 'secure',
        code: 'RB201',
        what: 'the kernel has no gcm(aes), which ms_mode=secure encrypts with',
        cure: /update-initramfs -u/,
    },
    {
        name: 'read-only-caps',
        client: 'map-reader',
        code: 'RB207',
        what: 'the caps of client.map-reader let it read rbd/map/rows, and not write to it',
        cure: "give it the caps for that: ceph auth caps client.map-reader mon 'profile rbd' osd 'profile rbd pool=rbd namespace=map'",
    },
    {
        name: 'journaling',
        image: 'journaling',
        code: 'RB209',
        what: 'this kernel does not support these features of the image rbd/map/journaling: journaling',
        cure: 'boot a newer kernel, or take them away: rbd feature disable rbd/map/journaling journaling',
    },
    {
        name: 'long-chain',
        image: 'chain-17',
        code: 'RB209',
        what: 'rbd/map/chain-17 is a clone of a clone of a clone, and so on: the kernel takes 16 of them',
        cure: 'give it all of its data: rbd flatten rbd/map/chain-17',
    },
    {
        name: 'locked-by-hand',
        image: 'locked',
        code: 'RB208',
        what: /^rbd\/map\/locked was locked by hand, with "rbd lock add": maintenance client\.\d+$/,
        cure: /: rbd lock rm rbd\/map\/locked maintenance client\.\d+$/,
    },
    {
        name: 'unknown-option',
        change: (script) => replaced(script, 'mount_timeout=10', 'mount_timeout=10,nonsense=1'),
        code: 'RB209',
        what: 'this kernel does not know one of the map options, which it names below',
        cure: /mapOptions/,
    },
    {
        name: 'long-name',
        change: (script) => replaced(script, '$image_name -"', `$image_name ${'s'.repeat(251)}"`),
        code: 'RB209',
        what: 'a part of the name rbd/map/rows is longer than the kernel takes',
        cure: /250/,
    },
    {
        name: 'no-image-name',
        change: (script) => replaced(script, ' $image_name -"', '"'),
        code: 'RB209',
        what: 'the line that maps the image has no image in it',
        cure: /libceph and rbd/,
    },
    {
        name: 'lock-wait',
        mode: 'crc',
        code: 'RB208',
        what: /^10\.77\.0\.10? \(client\d+\) did not let go of the lock of rbd\/map\/crc within 5 s$/,
        cure: /"lock_timeout".*"rbd status rbd\/map\/crc"/,
        during: async ({ cluster, unheld }, map) => {
            const holder = await holdLock(cluster, unheld);
            // It is alive and does not answer.
            holder.kill('SIGSTOP');
            await map().finally(() => holder.kill('SIGKILL'));
        },
    },
    {
        name: 'in-use',
        change: (script) =>
            replaced(
                script,
                '\n        unmap || ',
                '\n        exec 9< "$device"\n        unmap || ',
            ),
        code: 'RB222',
        what: 'something in the initramfs uses /dev/rbd0 before it is handed over',
        cure: /LVM/,
    },
    {
        name: 'shut-out',
        code: 'RB224',
        what: 'this machine is on the blocklist of the cluster, which shuts client.map out',
        cure: /"ceph osd blocklist ls".*"ceph osd blocklist rm ENTRY"/,
        during: async ({ address, cluster }, map) => {
            const entry = `${address}:0/0`;
            await ceph(cluster, 'osd', 'blocklist', 'add', entry);
            await map().finally(() => ceph(cluster, 'osd', 'blocklist', 'rm', entry));
        },
    },
    {
        name: 'signal',
        change: (script) =>
            `${replaced(script, ':6789', ':9')}\n(busybox sleep 3; kill "$(busybox pidof dd)") &\n`,
        code: 'RB209',
        what: 'the map of rbd/map/rows was interrupted by a signal',
        cure: /signal|programs/,
    },
];

/** Starts a client that writes to an image which nobody has open. @returns what ends it. */
async function holdLock(cluster: ClusterAccess, image: ImageReference) {
    const write = ['--io-type', 'write', '--io-size', '4096', '--io-threads', '1'];
    const words = ['bench', ...write, '--io-total', '100G', printImageReference(image)];
    const holder = execa('rbd', ['--conf', cluster.conf, ...words], { reject: false });
    const held = askUntil(
        { seconds: 60, pause: 100 },
        () => lockOwner(cluster, image),
        (owner) => owner !== undefined,
        () => 'the client has no lock',
    );
    const ended = holder.then(({ exitCode }) => {
        throw new Error(`the client ended with ${exitCode} before it had the lock`);
    });
    await Promise.race([held, ended]);
    // As it is, `await` would wait for its end.
    return { kill: (signal: NodeJS.Signals) => holder.kill(signal) };
}

/** Of the type that came with Linux 7.0: twice as long. */
function aes256k(): string {
    const bytes = Buffer.concat([Buffer.from(makeKey(), 'base64'), Buffer.alloc(16, 7)]);
    bytes.writeUInt16LE(2, 0);
    bytes.writeUInt16LE(32, 10);
    return bytes.toString('base64');
}

async function makeImages(cluster: ClusterAccess): Promise<void> {
    const rbd = (...words: string[]) => execa('rbd', ['--conf', cluster.conf, ...words]);
    const small = ['--size', '8M', '--image-feature'];
    await rbd('create', ...small, 'layering,exclusive-lock,journaling', 'rbd/map/journaling');
    await rbd('create', ...small, 'layering,exclusive-lock', 'rbd/map/locked');
    await rbd('lock', 'add', 'rbd/map/locked', 'maintenance');
    await rbd('create', ...small, 'layering,exclusive-lock', 'rbd/map/chain-0');
    for (let link = 1; link <= 17; link++) {
        const parent = `rbd/map/chain-${link - 1}@s`;
        await rbd('snap', 'create', '--no-progress', parent);
        const clone = ['clone', '--rbd-default-clone-format', '2'];
        await rbd(
            ...clone,
            ...small.slice(2),
            'layering,exclusive-lock',
            parent,
            `rbd/map/chain-${link}`,
        );
    }
}

scenario(
    {
        id: 'F46',
        title: 'a machine explains each refusal of the kernel',
        tier: 'night',
        machines: ['map/*', 'map-v2/crc'],
        lane: 'direct',
        outcome: { shows: '21 refusals, each with its code', within: 600 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const open = await scene.site('map');
        const encrypting = await scene.site('map-v2');
        const unheld = hostIn(encrypting.site, 'crc');
        // Its machine may have booted in another scenario, and still have the lock.
        await freshImage(lab, { host: unheld, open: encrypting });
        await makeImages(lab.cluster);
        const legacy = await emittedBootScript(lab, 'map');
        const scripts = {
            crc: await emittedBootScript(lab, 'map-v2', 'crc'),
            secure: await emittedBootScript(lab, 'map-v2', 'secure'),
        };
        const keyring = (client: string, text: string) =>
            [
                `etc/ceph/ceph.client.${client}.keyring`,
                `[client.${client}]\n\tkey = ${text}\n`,
            ] as const;
        const machine = await boot({
            machine: 'map/rows',
            bootScript: benchScript(legacy),
            files: Object.fromEntries([
                ...rows.map(({ name, mode, change }) => [
                    `rows/${name}`,
                    mapScript(mode === undefined ? legacy : scripts[mode], change),
                ]),
                ...open.credentials.map(({ entity, key: text }) =>
                    keyring(entity.slice('client.'.length), text),
                ),
                keyring('map-malformed', Buffer.from('no key of Ceph').toString('base64')),
                keyring('map-aes256k', aes256k()),
            ]),
            allowed: /RB2\d\d|libceph|rbd/,
        });
        const bench = await openBench(machine);
        // All rows are tried, whatever becomes of one.
        const wrong: string[] = [];
        const { mac } = machine.host;
        const around: Around = {
            cluster: lab.cluster,
            address: directAddress(lab, machine.host),
            unheld: unheld.image,
        };
        for (const { name, client = 'map', image = 'rows', code, what, cure, during } of rows) {
            const handedOver = `rbdboot.mac=${mac} rbdboot.image=rbd/map/${image} rbdboot.client=${client}`;
            const play = async () => {
                const tried = await bench.map(`/rows/${name}`, handedOver, 60);
                const report = reportIn(tried);
                try {
                    expect(tried.status, name).toBe(1);
                    expect(report, name).toMatchObject({
                        step: 'map-image',
                        code,
                        what: typeof what === 'string' ? what : expect.stringMatching(what),
                        cure: typeof cure === 'string' ? cure : expect.stringMatching(cure),
                    });
                } catch (error) {
                    wrong.push(`${error}: ${JSON.stringify(report)}`);
                }
            };
            await (during === undefined ? play() : during(around, play));
        }
        expect(wrong).toEqual([]);
        machine.showedInTime();
    },
);
