// Roots in LUKS containers. The images are small and start in no time: what is looked at ends where
// the root is mounted.
import { expect } from 'vitest';
import { type BootedMachine, nobody } from '../booted-machine.ts';
import { exportImage, luksImages } from '../images/luks-images.ts';
import { answer, putContainer, startsInContainer, wrongPassphrase } from '../luks-scene.ts';
import { sitDown } from '../qemu/serial-console.ts';
import { bootTwice, comesUp, type Scene, scenario } from '../scenario.ts';

comesUp(
    {
        id: 'H15.luks2',
        title: 'LUKS2: the right passphrase after a wrong one opens the root',
        tier: 'night',
        machines: ['luks-passphrase/luks2'],
        lane: 'direct',
    },
    async (machine, scene) => {
        const { passphrase } = await luksImages(scene.lab);
        const person = sitDown(machine);
        await answer(person, 1, wrongPassphrase(scene));
        await person.waitFor(/this passphrase opens nothing; tries left: 2\n/, 60);
        await answer(person, 2, passphrase);
        person.close();
        await startsInContainer(machine);
    },
    async ({ machine, scene: { lab } }) => {
        // What the cluster has is not what the machine reads.
        const { canary } = await luksImages(lab);
        expect((await exportImage(lab, machine.host.image)).includes(canary)).toBe(false);
    },
    { prepare: (scene) => put(scene, 'luks2') },
);

comesUp(
    {
        id: 'H15.luks1',
        title: 'LUKS1: a passphrase opens the root',
        tier: 'night',
        machines: ['luks-passphrase/luks1'],
        lane: 'direct',
    },
    async (machine, { lab }) => {
        const { passphrase } = await luksImages(lab);
        const person = sitDown(machine);
        await answer(person, 1, passphrase);
        person.close();
        await startsInContainer(machine);
    },
    async ({ machine }) => expect(await machine.image.watchers()).toHaveLength(1),
    { prepare: (scene) => put(scene, 'luks1') },
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
    async (scene) => opensAndEnds(scene, async () => {}),
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
    async (scene) =>
        opensAndEnds(scene, async (machine, passphrase) => {
            const person = sitDown(machine);
            await person.waitFor(/Please unlock disk root: $/, 120);
            person.type(passphrase);
            person.close();
        }),
);

async function put(scene: Scene, kind: 'luks1' | 'luks2'): Promise<undefined> {
    await putContainer(scene, kind);
}

/** It loses its power the first time; the second time it ends by itself, and lets go of its image. */
async function opensAndEnds(
    scene: Scene,
    unlock: (machine: BootedMachine, passphrase: string) => Promise<void>,
): Promise<void> {
    const { passphrase } = await putContainer(scene, 'luks2');
    await bootTwice({
        scene,
        options: {},
        // Has the system on the image end the machine when it has said what it found.
        again: { commandLine: (line) => `${line} small.end` },
        until: async (machine) => {
            await unlock(machine, passphrase);
            await startsInContainer(machine);
        },
        check: async ({ machine, time }) => {
            if (time === 'first') {
                return;
            }
            // The container was closed and the image unmapped before the machine was off.
            expect(await machine.switchedOff()).toBe('ended with status 0');
            expect(await machine.image.users()).toEqual(nobody);
            const unmapped = machine.console.lines().filter((text) => /is unmapped/.test(text));
            expect(unmapped).toHaveLength(1);
        },
    });
}
