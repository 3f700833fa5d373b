import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { directAddress } from '../network/addresses.ts';
import { mountsRoot } from '../scenario.ts';

mountsRoot(
    {
        id: 'H11',
        title: 'a machine boots while most of the monitors are gone',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
    },
    async ({ machine, scene: { lab } }) => {
        expect(await machine.image.users()).toEqual(only(directAddress(lab, machine.host)));
    },
    {
        prepare: async ({ lab }) => ({
            bootScript: await emittedBootScript(lab, 'dead-monitors'),
        }),
    },
);
