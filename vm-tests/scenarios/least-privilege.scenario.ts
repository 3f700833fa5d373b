// What somebody can do who has taken the key of a machine, from wherever it was.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { importCredential } from '../cluster/auth.ts';
import { type Credential, makeKey, printKeyring } from '../cluster/key.ts';
import { ceph } from '../cluster/truth.ts';
import type { Lab } from '../lab.ts';
import { scenario } from '../scenario.ts';

/** An image of somebody else, with a snapshot, beside the golden images. */
const victim = 'rbd/golden/victim';

/** Nobody has this address. */
const address = '10.77.0.250';

type Command = readonly ['ceph' | 'rbd' | 'rados', ...string[]];

const attacks: Readonly<Record<string, Command>> = {
    'writing to what others boot from': ['rbd', 'resize', '--size', '9M', '--no-progress', victim],
    'making a snapshot of it': ['rbd', 'snap', 'create', '--no-progress', `${victim}@mine`],
    'removing a snapshot of it': ['rbd', 'snap', 'rm', '--no-progress', `${victim}@keep`],
    'taking a lock on it': ['rbd', 'lock', 'add', victim, 'mine'],
    'reading the image of another machine': [
        'rbd',
        'export',
        '--no-progress',
        'rbd/others/root',
        '-',
    ],
    'listing the images of others': ['rbd', 'ls', 'rbd/others'],
    'reading their objects': ['rados', '-p', 'rbd', '-N', 'others', 'ls'],
    'writing to their objects': ['rados', '-p', 'rbd', '-N', 'others', 'put', 'o', '/dev/null'],
    'reading the keys of others': ['ceph', 'auth', 'get', 'client.admin'],
    'shutting out a whole address': ['ceph', 'osd', 'blocklist', 'add', address],
    'letting somebody in again': ['ceph', 'osd', 'blocklist', 'rm', address],
    'changing the configuration': ['ceph', 'config', 'set', 'client.mine', 'log_file', '/dev/null'],
    'making a pool': ['ceph', 'osd', 'pool', 'create', 'mine', '1'],
};

/** What a machine needs its key for, and what comes with it. */
const uses: Readonly<Record<string, Command>> = {
    'reading what it boots from': ['rbd', 'info', victim],
    'listing the images of its own namespace': ['rbd', 'ls', 'rbd/handover'],
    'breaking a lock of its own': ['ceph', 'osd', 'blocklist', 'add', `${address}:0/7`],
};

/** Makes what the attacks are about. */
async function makeVictims({ cluster: { conf } }: Lab): Promise<void> {
    const rbd = (...words: string[]) => execa('rbd', ['--conf', conf, ...words]);
    await rbd('namespace', 'create', 'rbd/others');
    for (const image of [victim, 'rbd/others/root']) {
        await rbd('create', '--size', '8M', '--image-feature', 'layering,exclusive-lock', image);
    }
    await rbd('snap', 'create', '--no-progress', `${victim}@keep`);
}

async function removeVictims({ cluster }: Lab): Promise<void> {
    const rbd = (...words: string[]) =>
        execa('rbd', ['--conf', cluster.conf, ...words], { reject: false, timeout: 30_000 });
    const { stdout } = await rbd('lock', 'ls', victim, '--format', 'json');
    for (const { id, locker } of JSON.parse(stdout || '[]') as { id: string; locker: string }[]) {
        await rbd('lock', 'rm', victim, id, locker);
    }
    for (const image of [victim, 'rbd/others/root']) {
        await rbd('snap', 'purge', '--no-progress', image);
        await rbd('rm', '--no-progress', image);
    }
    await rbd('namespace', 'rm', 'rbd/others');
    for (const entry of [address, `${address}:0/7`]) {
        await ceph(cluster, 'osd', 'blocklist', 'rm', entry);
    }
}

/** Tries all of them, one after the other. @returns what was refused, and in what words. */
async function tryAll(
    { cluster: { conf }, state }: Lab,
    credential: Credential,
    commands: Readonly<Record<string, Command>>,
): Promise<Readonly<Record<string, string>>> {
    const keyring = join(state, `${credential.entity}.stolen`);
    await writeFile(keyring, printKeyring([credential]), { mode: 0o600 });
    const refused: [string, string][] = [];
    for (const [what, [program, ...words]] of Object.entries(commands)) {
        const who = ['--name', credential.entity, '--keyring', keyring];
        const { exitCode, stderr } = await execa(program, ['--conf', conf, ...who, ...words], {
            reject: false,
            timeout: 30_000,
        });
        if (exitCode !== 0) {
            refused.push([what, stderr]);
        }
    }
    return Object.fromEntries(refused);
}

scenario(
    {
        id: 'S03',
        title: 'whoever has the key of a machine can do what the machine can, and nothing else',
        tier: 'night',
        machines: [],
        premise: 'S03.premise',
        cluster: 'alone',
        outcome: { proves: 'what the cluster refuses to the key of a machine' },
    },
    async ({ lab, site }) => {
        const { credentials } = await site('handover');
        const [stolen] = credentials;
        if (stolen === undefined) {
            throw new Error('the site has no client');
        }
        await makeVictims(lab);
        try {
            const refused = await tryAll(lab, stolen, attacks);
            expect(Object.keys(refused)).toEqual(Object.keys(attacks));
            for (const [what, words] of Object.entries(refused)) {
                expect(words, what).toMatch(
                    /Operation not permitted|Permission denied|EACCES|EPERM/,
                );
            }
            expect(await tryAll(lab, stolen, uses)).toEqual({});
        } finally {
            await removeVictims(lab);
        }
    },
);

scenario(
    {
        id: 'S03.premise',
        title: 'with the caps of an administrator the key of a machine opens all of the cluster',
        tier: 'night',
        machines: [],
        cluster: 'alone',
        outcome: { proves: 'what the cluster allows to such a key' },
    },
    async ({ guard, lab, site }) => {
        await site('handover');
        const entity = 'client.trusted-too-much';
        const caps = { mon: 'allow *', osd: 'allow *', mgr: 'allow *' };
        const stolen: Credential = { entity, key: makeKey(), caps };
        guard(stolen.key);
        await importCredential(lab.cluster, stolen);
        try {
            await makeVictims(lab);
            expect(await tryAll(lab, stolen, attacks)).toEqual({});
            expect(await tryAll(lab, stolen, uses)).toEqual({});
        } finally {
            await ceph(lab.cluster, 'auth', 'rm', entity);
            await ceph(lab.cluster, 'config', 'rm', 'client.mine', 'log_file');
            await removeVictims(lab);
        }
    },
);
