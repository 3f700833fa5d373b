// What a LUKS container keeps off, and what is none. The images are small and start in no time.
import { expect } from 'vitest';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { exportImage } from '../images/luks-images.ts';
import { answer, putContainer, startsInContainer, wrongPassphrase } from '../luks-scene.ts';
import { sitDown } from '../qemu/serial-console.ts';
import { scenario } from '../scenario.ts';

/** The header of LUKS2 and all of its key slots; that of LUKS1 is shorter. */
const headerSize = 16 << 20;

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
        const { boot, host, lab } = scene;
        await putContainer(scene, 'luks2');
        const { image } = await host();
        const before = (await exportImage(lab, image)).subarray(0, headerSize);
        const machine = await boot();
        const person = sitDown(machine);
        await answer(person, 1, wrongPassphrase(scene));
        // An empty line is a try as well.
        await answer(person, 2, '');
        await answer(person, 3, wrongPassphrase(scene));
        person.close();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'unlock-luks',
            what: expect.stringMatching(/^no passphrase for \/dev\/rbd\d+ was right in 3 tries$/),
            cure: expect.stringContaining('keyboard layout'),
            facts: { tried: expect.stringContaining('at most 3 times') },
            ending: 'this machine reboots in 10 seconds',
        });
        await machine.switchedOff();
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
        const { passphrase } = await putContainer(scene, 'luks2');
        const script = await emittedBootScript(scene.lab, 'luks-passphrase');
        const limit = '[ "$tries" -ge 3 ]';
        const machine = await scene.boot({ bootScript: replaced(script, limit, 'false') });
        const person = sitDown(machine);
        for (const guess of [1, 2, 3]) {
            await answer(person, guess, wrongPassphrase(scene));
        }
        await answer(person, 4, passphrase);
        person.close();
        await startsInContainer(machine);
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
        const { canary } = await putContainer(scene, 'plain');
        const machine = await scene.boot();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'unlock-luks',
            what: expect.stringMatching(/^\/dev\/rbd\d+ holds no LUKS container, but ext4$/),
            facts: { blkid: expect.stringContaining('LABEL="system"') },
        });
        // Whoever reads the cluster reads this file, where there is no container.
        const stored = await exportImage(scene.lab, machine.host.image);
        expect(stored.includes(canary)).toBe(true);
    },
);
