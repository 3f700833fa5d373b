import { join } from 'node:path';
import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { at, serve } from '../faults/vocabulary.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';
import { serveInitrd } from '../sites/serve-site.ts';

/** What iPXE prints at the end of a line that it could not finish. */
const allowed = /https?:\S+\.\.\. /;

const patience = 150;

const gaveUp = (name: string) =>
    new RegExp(`^rbdboot: ${name} cannot load its kernel and initrd: `);

const faults = [
    // iPXE names the error, and where to read about it: http://ipxe.org/...
    { name: 'missing', says: /initrd\.img\.\.\. No such file or directory \(http:\/\/ipxe/ },
    { name: 'broken', says: /initrd\.img\.\.\. HTTP 5xx Server Error \(http:/ },
    { name: 'truncated', says: /initrd\.img\.\.\..* Input\/output error/ },
    { name: 'stalled', says: /initrd\.img\.\.\..* Connection timed out/ },
] as const;

for (const { name, says } of faults) {
    scenario(
        {
            id: `F03.${name}`,
            title: `an initrd that is ${name} on the HTTP server is never started`,
            tier: 'night',
            machines: [`handover/${name}`],
            outcome: { shows: 'what iPXE could not load', within: patience },
        },
        async ({ boot }) => {
            const fault = at('iPXE: initrd', serve('initrd.img', name));
            const machine = await boot({ allowed, faults: [fault] });
            await machine.showed(gaveUp(name));
            expect(machine.console.lines()).toContainEqual(expect.stringMatching(says));
            const cure = /^To do: put vmlinuz and initrd\.img at the top of/;
            await machine.console.shows('what to do', cure, 10);
            expect(machine.console.text()).not.toMatch(/Linux version/);
            expect(await machine.image.users()).toEqual(nobody);
        },
    );
}

scenario(
    {
        id: 'F03.patient',
        title: 'without a limit iPXE waits for a download that stalls',
        tier: 'night',
        machines: ['handover/patient'],
        outcome: { shows: 'nothing', within: 210 },
    },
    async ({ boot }) => {
        const changed = (script: string) => script.replaceAll(/--timeout 30000 /g, '');
        const machine = await boot({
            allowed,
            faults: [
                at('firmware', serve('boot.ipxe', { changed })),
                at('iPXE: initrd', serve('initrd.img', 'stalled')),
            ],
        });
        // Where it takes a while, iPXE says how far it is.
        await machine.console.shows(
            'the start of the download',
            /vmlinuz\.\.\.(?: +\d+%)* +ok/,
            patience,
        );
        // More than the emitted script gives it, less than the lab gives a machine that loops.
        const { shows } = machine.console;
        await expect(shows('the end', gaveUp('patient'), 45)).rejects.toThrow('not within');
        machine.showedInTime();
    },
);

scenario(
    {
        id: 'F03.swapped',
        title: 'a kernel whose initrd was replaced before it was asked for names what does not fit',
        tier: 'night',
        machines: ['handover/missing'],
        roots: ['trixie'],
        outcome: { code: 'RB201', within: patience },
    },
    async ({ boot, lab, site }) => {
        const other = await site('trixie');
        await serveInitrd(lab, other, hostIn(other.site, 'desk2'));
        const file = join(other.served, 'initrd.img');
        // iPXE has the kernel of Debian 12 when the initrd of Debian 13 comes in the place of its own.
        const machine = await boot({ faults: [at('iPXE: initrd', serve('initrd.img', { file }))] });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'load-modules',
            what: expect.stringMatching(/^the kernel module \w+ could not be loaded$/),
            cure: expect.stringContaining('serve the kernel and the initrd of one version'),
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);
