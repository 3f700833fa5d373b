import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { directAddress } from '../network/addresses.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'H11',
        title: 'a machine boots while most of the monitors are gone',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({
            machine: 'fleet/desk2',
            lane: 'direct',
            bootScript: await emittedBootScript(lab, 'dead-monitors'),
        });
        await rootMounted(machine, 90);
        const address = directAddress(lab, await scene.host('fleet/desk2'));
        const { image } = await scene.host('fleet/desk2');
        expect(await imageUsers(lab.cluster, image)).toEqual({
            watchers: [address],
            owner: address,
        });
    },
);
