// Roots in LUKS containers. The images are small and start in no time: what is looked at ends where
// the root is mounted.
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { ImageReference } from '../../generator/model/image-reference.ts';
import { writeImage } from '../cluster/provision.ts';
import { imageUsers } from '../cluster/truth.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { exportImage, type LuksImages, luksImages } from '../images/luks-images.ts';
import type { Machine } from '../qemu/machine.ts';
import { type SerialConsole, sitDown } from '../qemu/serial-console.ts';
import { smallRootStarted } from '../qemu/small-root-started.ts';
import { type Scene, scenario } from '../scenario.ts';
import type { SiteName } from '../sites/recipes.ts';

const prompt = (count: number) =>
    new RegExp(`type the passphrase for /dev/rbd\\d+ at ttyS0, try ${count} of 3:\\n`);

/** The header of LUKS2 and all of its key slots; that of LUKS1 is shorter. */
const headerSize = 16 << 20;

/** The images, with the one of this host in the cluster, and with their keys under guard. */
async function prepare(
    scene: Scene,
    site: SiteName,
    name: string,
    kind: keyof LuksImages['files'],
): Promise<LuksImages> {
    const { guard, lab } = scene;
    // The key file first: the site names it.
    const images = await luksImages(lab);
    guard(Buffer.from(images.passphrase).toString('base64'));
    guard(images.key);
    await writeImage(lab.cluster, await imageOf(scene, site, name), images.files[kind]);
    return images;
}

async function imageOf({ site }: Scene, name: SiteName, host: string): Promise<ImageReference> {
    const { hosts } = (await site(name)).site;
    const found = hosts.find((one) => one.name === host);
    if (found === undefined) {
        throw new Error(`${name} has no host ${host}`);
    }
    return found.image;
}

/** Types a passphrase where one is asked for. */
async function answer(person: SerialConsole, count: number, passphrase: string): Promise<void> {
    await person.waitFor(prompt(count), 90);
    person.type(passphrase);
}

/** The system on the image says where it is, and what of the secrets it found. */
async function expectRoot(machine: Machine): Promise<void> {
    expect(await smallRootStarted(machine, 60)).toMatchObject({ source: '/dev/mapper/root' });
    const nothing = 'small root: secrets left in: nothing';
    await machine.journal.waitFor(
        nothing,
        ({ source, text }) => source === 'console' && text === nothing,
        60,
    );
}

/** Has the system on the image end the machine when it has said what it found. */
const commandLine = (line: string) => `${line} small.end`;

/** The container was closed and the image unmapped before the machine was off. */
async function expectReleased(scene: Scene, site: SiteName, machine: Machine): Promise<void> {
    expect(await machine.ended).toBe('ended with status 0');
    const image = await imageOf(scene, site, 'luks2');
    expect(await imageUsers(scene.lab.cluster, image)).toEqual({
        watchers: [],
        owner: undefined,
    });
    const unmapped = machine.journal.all().filter(({ text }) => text.includes('is unmapped'));
    expect(unmapped).toHaveLength(1);
}

function wrong({ guard }: Scene): string {
    const passphrase = `wrong horse ${randomBytes(9).toString('base64')}`;
    guard(Buffer.from(passphrase).toString('base64'));
    return passphrase;
}

scenario(
    {
        id: 'H15.luks2',
        title: 'LUKS2: the right passphrase after a wrong one opens the root',
        tier: 'night',
        machines: ['luks-passphrase/luks2'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const site = 'luks-passphrase';
        const { passphrase, canary } = await prepare(scene, site, 'luks2', 'luks2');
        const image = await imageOf(scene, site, 'luks2');
        const machine = await boot({ machine: `${site}/luks2`, lane: 'direct' });
        const person = sitDown(machine);
        await answer(person, 1, wrong(scene));
        await person.waitFor(/this passphrase opens nothing; tries left: 2\n/, 60);
        await answer(person, 2, passphrase);
        person.close();
        await expectRoot(machine);

        // What the cluster has is not what the machine reads.
        expect((await exportImage(lab, image)).includes(canary)).toBe(false);
    },
);

scenario(
    {
        id: 'H15.luks1',
        title: 'LUKS1: a passphrase opens the root',
        tier: 'night',
        machines: ['luks-passphrase/luks1'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const site = 'luks-passphrase';
        const { passphrase } = await prepare(scene, site, 'luks1', 'luks1');
        const machine = await scene.boot({ machine: `${site}/luks1`, lane: 'direct' });
        const person = sitDown(machine);
        await answer(person, 1, passphrase);
        person.close();
        await expectRoot(machine);
    },
);

scenario(
    {
        id: 'S11',
        title: 'three wrong passphrases end a boot and leave the header alone',
        tier: 'night',
        machines: ['luks-passphrase/guessed'],
        lane: 'direct',
        premise: 'S11.premise',
        outcome: { code: 'RB231', within: 180 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const site = 'luks-passphrase';
        await prepare(scene, site, 'guessed', 'luks2');
        const image = await imageOf(scene, site, 'guessed');
        const before = (await exportImage(lab, image)).subarray(0, headerSize);
        const machine = await boot({
            machine: `${site}/guessed`,
        });
        const person = sitDown(machine);
        await answer(person, 1, wrong(scene));
        // An empty line is a try as well.
        await answer(person, 2, '');
        await answer(person, 3, wrong(scene));
        person.close();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'unlock-luks',
            what: expect.stringMatching(/^no passphrase for \/dev\/rbd\d+ was right in 3 tries$/),
            cure: expect.stringContaining('keyboard layout'),
            facts: { tried: expect.stringContaining('at most 3 times') },
            ending: 'this machine reboots in 10 seconds',
        });
        await machine.ended;
        const after = (await exportImage(lab, image)).subarray(0, headerSize);
        expect(after.equals(before)).toBe(true);
    },
);

scenario(
    {
        id: 'S11.premise',
        title: 'without a limit whoever is at the keyboard guesses on, until a passphrase opens the root',
        tier: 'night',
        machines: ['luks-passphrase/endless'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const site = 'luks-passphrase';
        const { passphrase } = await prepare(scene, site, 'endless', 'luks2');
        const script = await emittedBootScript(scene.lab, site);
        const limit = '[ "$tries" -ge 3 ]';
        expect(script).toContain(limit);
        const machine = await scene.boot({ bootScript: script.replace(limit, 'false') });
        const person = sitDown(machine);
        for (const guess of [1, 2, 3]) {
            await answer(person, guess, wrong(scene));
        }
        await answer(person, 4, passphrase);
        person.close();
        await expectRoot(machine);
    },
);

scenario(
    {
        id: 'F42',
        title: 'an image without LUKS is not asked a passphrase for',
        tier: 'night',
        machines: ['luks-passphrase/plain'],
        lane: 'direct',
        outcome: { code: 'RB230', within: 120 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const site = 'luks-passphrase';
        const { canary } = await prepare(scene, site, 'plain', 'plain');
        const image = await imageOf(scene, site, 'plain');
        const machine = await boot({
            machine: `${site}/plain`,
        });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'unlock-luks',
            what: expect.stringMatching(/^\/dev\/rbd\d+ holds no LUKS container, but ext4$/),
            facts: { blkid: expect.stringContaining('LABEL="system"') },
        });
        // Whoever reads the cluster reads this file, where there is no container.
        expect((await exportImage(lab, image)).includes(canary)).toBe(true);
    },
);

scenario(
    {
        id: 'H15.key-file',
        title: 'LUKS: the key in the host archive opens the root, and nothing holds it at the end',
        tier: 'night',
        machines: ['luks-key-file/luks2'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const site = 'luks-key-file';
        await prepare(scene, site, 'luks2', 'luks2');
        const machine = await scene.boot({
            machine: `${site}/luks2`,
            lane: 'direct',
            commandLine,
        });
        await expectRoot(machine);
        await expectReleased(scene, site, machine);
    },
);

scenario(
    {
        id: 'H15.crypttab',
        title: 'LUKS: cryptsetup-initramfs opens the root by /etc/crypttab',
        tier: 'night',
        machines: ['luks-crypttab/luks2'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const site = 'luks-crypttab';
        const { passphrase } = await prepare(scene, site, 'luks2', 'luks2');
        const machine = await scene.boot({
            machine: `${site}/luks2`,
            lane: 'direct',
            commandLine,
        });
        const person = sitDown(machine);
        await person.waitFor(/Please unlock disk root: $/, 120);
        person.type(passphrase);
        person.close();
        await expectRoot(machine);
        await expectReleased(scene, site, machine);
    },
);
