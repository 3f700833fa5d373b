import { expect, vi } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';

/** As boot scripts were that map once, and do not ask whether somebody else has the image. */
function askingNobody(script: string): string {
    return replaced(script, '[ -w /proc/dynamic_debug/control ]', 'false');
}

/** As `rbd map` does it: the lock goes to whoever asks for it. */
function sharingItsLock(script: string): string {
    return replaced(askingNobody(script), 'exclusive,', '');
}

const write = 'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none && sync';

scenario(
    {
        id: 'F21',
        title: 'an image that a machine has mapped the old way is not taken from it',
        tier: 'night',
        machines: ['map/desk1'],
        lane: 'direct',
        together: 2,
        addresses: ['10.77.0.91', '10.77.0.92'],
        outcome: { code: 'RB220', within: 90 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const address = directAddress(lab, await scene.host());
        const emitted = await emittedBootScript(lab, 'map');
        const first = await boot({
            bootScript: sharingItsLock(emitted),
            // In the second half its file system fails: that is what the first half is for.
            allowed: /rbd|EXT4|I\/O error|libceph/,
        });
        await first.up(150);
        const shell = await first.logIn(30);
        expect(await shell.run(write, 60)).toBe(0);
        const owner = await first.image.owner();
        expect(owner?.address).toBe(address);

        const another = (number: number, bootScript?: string) => {
            const mac = `52:54:00:99:99:0${number}` as MacAddress;
            return boot({
                mac,
                commandLine: (line) =>
                    `${line.replace(address, `10.77.0.9${number}`)} rbdboot.mac=${mac}`,
                ...(bootScript === undefined ? {} : { bootScript }),
            });
        };
        const second = await another(1);
        const report = await second.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: `${address} (${owner?.client}) has rbd/map/desk1 mapped, and writes to it with a lock that it shares`,
            cure: expect.stringContaining('"rbd status rbd/map/desk1"'),
        });
        // The report does not wait for the end of the mapping, and udev may be looking at the device.
        await vi.waitFor(
            async () => expect((await first.image.users()).watchers).toEqual([address]),
            { timeout: 30_000, interval: 500 },
        );
        expect(await shell.run(write, 60)).toBe(0);
        expect(await first.image.users()).toEqual({
            watchers: [address],
            owner: address,
        });
        await second.cutPower();

        // The premise: a machine that asks nobody gets the lock, and the first one cannot write on.
        await (await another(2, askingNobody(emitted))).rootMounted(90);
        expect((await first.image.owner())?.address).toBe('10.77.0.92');
        expect(await shell.tries(write, 60)).not.toBe(0);
        shell.close();
    },
);
