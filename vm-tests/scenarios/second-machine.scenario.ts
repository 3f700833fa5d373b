import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

const secondMac = '52:54:00:99:99:99' as MacAddress;
const secondAddress = '10.77.0.90';

scenario(
    {
        id: 'F20',
        title: 'a second machine is refused the image of the first, which writes on',
        tier: 'change',
        machines: ['fleet/desk1'],
        lane: 'direct',
        together: 2,
        addresses: ['10.77.0.90'],
        outcome: { code: 'RB208', within: 60 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const host = await scene.host();
        const address = directAddress(lab, host);
        const first = await boot();
        await isUp(first);
        const shell = await first.logIn(20);
        const owner = await first.image.owner();
        expect(owner?.address).toBe(address);

        // The same host archive, in a machine with another NIC: an entry that was copied.
        const second = await boot({
            mac: secondMac,
            commandLine: (line) =>
                `${line.replace(address, secondAddress)} rbdboot.mac=${secondMac}`,
        });
        const report = await second.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: `${address} (${owner?.client}) holds the lock of rbd/fleet/desk1`,
            cure: expect.stringContaining('"rbd status rbd/fleet/desk1"'),
            facts: { nic: expect.stringContaining(secondMac) },
        });
        expect(report.facts.address).toContain(secondAddress);
        expect(await first.image.users()).toEqual({ watchers: [address], owner: address });

        const write = 'dd if=/dev/urandom of=/root/proof bs=64k count=64 conv=fsync status=none';
        expect(await shell.run(`${write} && sync`, 30)).toBe(0);
        shell.close();
        expect(await first.image.owner()).toEqual(owner);
        expect(first.journal.closed()).toBeUndefined();
    },
);
