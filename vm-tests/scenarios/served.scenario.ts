import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'S18',
        title: 'the boot server serves scripts, and not what rbdboot keeps beside them',
        tier: 'night',
        machines: ['reference'],
        premise: 'itself',
        outcome: { proves: 'what the boot server gives away' },
    },
    async ({ lab }) => {
        const status = async (path: string) =>
            (await fetch(`http://${lab.network.server}/${path}`)).status;
        expect(await status('boot.ipxe')).toBe(200);
        const kept = await readdir(`${lab.served}/.rbdboot`);
        expect(kept).not.toEqual([]);
        for (const name of kept) {
            expect(await status(`.rbdboot/${name}`)).toBe(404);
        }
    },
);
