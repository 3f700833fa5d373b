import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startDaemon } from '../children.ts';
import type { Lab } from '../lab.ts';
import { scenario } from '../scenario.ts';

/** What the boot server answers to somebody who asks for each file that rbdboot keeps for itself. */
async function answers({ network, served }: Lab, port = 80): Promise<readonly number[]> {
    const status = async (path: string) =>
        (await fetch(`http://${network.server}:${port}/${path}`)).status;
    expect(await status('boot.ipxe')).toBe(200);
    const kept = await readdir(`${served}/.rbdboot`);
    expect(kept).not.toEqual([]);
    return Promise.all(kept.map((name) => status(`.rbdboot/${name}`)));
}

scenario(
    {
        id: 'S18',
        title: 'the boot server serves scripts, and not what rbdboot keeps beside them',
        tier: 'night',
        machines: [],
        premise: 'S18.premise',
        outcome: { proves: 'what the boot server keeps' },
    },
    async ({ lab }) => {
        expect([...new Set(await answers(lab))]).toEqual([404]);
    },
);

scenario(
    {
        id: 'S18.premise',
        title: 'a boot server that serves all of its directory gives that away as well',
        tier: 'night',
        machines: [],
        outcome: { proves: 'what the boot server gives away' },
    },
    async ({ lab }) => {
        const port = 8018;
        const rule = /^.*location ~ \/\\\. .*\n/m;
        const guarded = await readFile(join(lab.state, 'nginx.conf'), 'utf8');
        expect(guarded).toMatch(rule);
        const open = join(lab.state, 'nginx-open.conf');
        await writeFile(
            open,
            guarded
                .replace(rule, '')
                .replaceAll('nginx-access.log', 'nginx-open-access.log')
                .replace('nginx.pid', 'nginx-open.pid')
                .replace(':80;', `:${port};`),
        );
        const words = ['nginx', '-e', 'stderr', '-p', lab.state, '-c', open] as const;
        const server = startDaemon('nginx', words, join(lab.logs, 'nginx-open.log'));
        try {
            await expect
                .poll(() => answers(lab, port).catch(() => []), { timeout: 10_000 })
                .not.toEqual([]);
            expect([...new Set(await answers(lab, port))]).toEqual([200]);
        } finally {
            await server.kill();
        }
    },
);
