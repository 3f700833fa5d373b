import { execa } from 'execa';
import { expect } from 'vitest';
import { printImageReference } from '../../generator/model/image-reference.ts';
import { only } from '../booted-machine.ts';
import { goldenOf } from '../cluster/golden.ts';
import { changedSince } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import { mountsRoot, type Up } from '../scenario.ts';

mountsRoot(
    {
        id: 'H14',
        title: 'a machine on a clone writes nothing into its parent, and keeps its lock from whoever flattens it',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
    },
    async (up) => {
        const { machine, scene } = up;
        const address = directAddress(scene.lab, machine.host);
        expect(await parentOf(up)).toMatchObject({ image: 'golden-plain', snapshot: 'fresh' });
        // Its own objects hold what was written; the parent has none that is newer than the snapshot.
        expect(await ownObjects(up)).toBeGreaterThan(0);
        const { recipe } = await scene.site('fleet');
        expect(await changedSince(scene.lab.cluster, goldenOf(recipe), 'fresh')).toBe(false);
        // The kernel gives its lock to nobody, so what needs it has to wait for the machine to be off.
        const flattened = await rbd(up, 'flatten', '--no-progress');
        expect(flattened.stderr).toMatch(/Read-only file system|image is locked|read-only/i);
        expect(flattened.exitCode).not.toBe(0);
        expect(await parentOf(up)).toBeDefined();
        expect(await machine.image.users()).toEqual(only(address));
        expect(machine.journal.closed()).toBeUndefined();
    },
);

/** Runs rbd(8) on the image of the machine. */
function rbd({ machine, scene: { lab } }: Up<number>, ...words: readonly string[]) {
    const image = printImageReference(machine.host.image);
    return execa('rbd', ['--conf', lab.cluster.conf, ...words, image], {
        reject: false,
        timeout: 60_000,
    });
}

async function parentOf(up: Up<number>): Promise<unknown> {
    return JSON.parse((await rbd(up, 'info', '--format', 'json')).stdout).parent;
}

/** How many objects of the image are not its parent's. */
async function ownObjects({ machine, scene: { lab } }: Up<number>): Promise<number> {
    const { namespace = '', pool } = machine.host.image;
    const where = ['--conf', lab.cluster.conf, '--pool', pool, '--namespace', namespace];
    const { stdout } = await execa('rados', [...where, 'ls']);
    const prefix = `rbd_data.${await machine.image.id()}.`;
    return stdout.split('\n').filter((name) => name.startsWith(prefix)).length;
}
