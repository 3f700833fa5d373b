import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    badConfigurations,
    edit,
    goodConfiguration as good,
} from '../testing/bad-configurations.ts';
import { writeTree } from '../testing/tree.ts';
import { loadSite } from './load.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-load-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The good configuration, with its hosts from a constant of that name. */
const withHosts = good.replace(/hosts: \{[\s\S]*\n {4}\},/, 'hosts,');

let count = 0;

/** Writes the files into a bare folder of their own; the first one is the configuration. */
function write(files: Readonly<Record<string, string>>): string {
    const base = join(folder, String(count++));
    writeTree(base, files);
    return join(base, Object.keys(files)[0] ?? '');
}

describe('a configuration with an error', { timeout: 60_000 }, () => {
    it.each(badConfigurations)('$name', async ({ text, line, column, code, message }) => {
        const file = write({ 'boot.config.ts': text });
        const outcome = await loadSite(file);
        const [first] = outcome.ok ? [] : outcome.diagnostics;
        expect({ code: first?.code, ...first?.location }).toEqual({ code, file, line, column });
        expect(first?.message.split('\n')[0]).toBe(message);
    });

    it('says what key was probably meant', async () => {
        const text = `export default { cluster: {}, hosts: { desk1: { adress: 'dhcp' } } };\n`;
        const outcome = await loadSite(write({ 'boot.config.ts': text }));
        expect(outcome.ok ? [] : outcome.diagnostics).toContainEqual(
            expect.objectContaining({ code: 'RB104', hint: 'did you mean "address"?' }),
        );
    });

    it('says how a duration is written where the compiler names its type', async () => {
        const text = edit(good, 'filesystem:', 'mapOptions: { lock_timeout: 60 }, filesystem:');
        const outcome = await loadSite(write({ 'boot.config.ts': text }));
        expect(outcome.ok ? [] : outcome.diagnostics[0]?.hint).toContain('"30s"');
    });

    it('says all that is wrong, in the order of the file', async () => {
        const bad = edit(edit(good, "'desks'", "'client.desks'"), '52:54', '52');
        const text = edit(bad, 'rbd/hosts/desk1', 'desk1');
        const outcome = await loadSite(write({ 'boot.config.ts': text }));
        expect(outcome.ok ? [] : outcome.diagnostics.map(({ path }) => path?.at(-1))).toEqual([
            'client',
            'mac',
            'image',
        ]);
    });

    it('names the imported file that is wrong', async () => {
        const file = write({
            'boot.config.ts': `import { hosts } from './site/hosts.ts';\n${withHosts}`,
            'site/hosts.ts': `export const hosts = {\n    desk1: { mac: 'zz', image: 'rbd/a', filesystem: 'ext4' },\n} as const;\n`,
        });
        expect(await loadSite(file)).toMatchObject({
            diagnostics: [
                {
                    code: 'RB107',
                    location: { file: join(dirname(file), 'site/hosts.ts'), line: 2, column: 19 },
                },
            ],
        });
    });

    it('names the line of an imported file that threw', async () => {
        const file = write({
            'boot.config.ts': `import { hosts } from './hosts.ts';\n${withHosts}`,
            'hosts.ts': `interface Row { readonly name: string }\nexport const hosts = {};\nconst rows: Row[] = [];\nif (rows.length === 0) {\n    throw new Error('no rows');\n}\n`,
        });
        expect(await loadSite(file)).toMatchObject({
            diagnostics: [
                { code: 'RB103', location: { file: join(dirname(file), 'hosts.ts'), line: 5 } },
            ],
        });
    });

    it.each([
        ['nowhere.config.ts', 'there is no such file'],
        ['.', 'it is a directory'],
    ])('%s cannot be read', async (name, reason) => {
        expect(await loadSite(join(folder, name))).toMatchObject({
            diagnostics: [{ code: 'RB101', message: expect.stringContaining(reason) }],
        });
    });

    it('is no TypeScript by its name', async () => {
        const file = write({ 'boot.yaml': 'hosts: {}\n' });
        expect(await loadSite(file)).toMatchObject({
            diagnostics: [{ code: 'RB101', hint: 'call it boot.config.ts, for instance' }],
        });
    });
});

describe('a good configuration', { timeout: 60_000 }, () => {
    it('gives a frozen site with defaults filled in', async () => {
        const file = write({
            'boot.config.ts': good,
        });
        const outcome = await loadSite(file);
        expect(outcome).toEqual({
            ok: true,
            value: {
                source: file,
                cluster: {
                    fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
                    monitors: [{ address: '10.77.0.10', port: 6789 }],
                },
                hosts: [
                    {
                        name: 'desk1',
                        mac: '52:54:00:12:34:01',
                        image: { pool: 'rbd', namespace: 'hosts', image: 'desk1' },
                        fileSystem: 'ext4',
                        rootFlags: [],
                        fsck: 'auto',
                        address: 'lease',
                        client: 'desks',
                        keyring: '/etc/ceph/ceph.client.desks.keyring',
                        nicModules: [],
                        kernelArguments: [],
                    },
                ],
            },
        });
        expect(outcome.ok && Object.isFrozen(outcome.value.hosts[0]?.image)).toBe(true);
    });

    it('takes the keyring from beside the configuration', async () => {
        const text = edit(good, 'client:', "keyring: 'keys/desks', client:");
        const file = write({ 'boot.config.ts': text });
        expect(await loadSite(file)).toMatchObject({
            value: { hosts: [{ keyring: join(dirname(file), 'keys/desks') }] },
        });
    });

    it('lets a host have a client, a keyring and map options of its own', async () => {
        const more = `client: 'guests', features: ['layering', 'exclusive-lock'],
            mapOptions: { queue_depth: 256, mount_timeout: '2m' }, filesystem:`;
        const file = write({ 'boot.config.ts': edit(good, 'filesystem:', more) });
        expect(await loadSite(file)).toMatchObject({
            value: {
                hosts: [
                    {
                        client: 'guests',
                        keyring: '/etc/ceph/ceph.client.guests.keyring',
                        features: ['layering', 'exclusive-lock'],
                        mapOptions: [
                            { name: 'mount_timeout', word: 'mount_timeout=120' },
                            { name: 'queue_depth', word: 'queue_depth=256' },
                        ],
                    },
                ],
            },
        });
    });

    it('may compute its hosts', async () => {
        const file = write({
            'boot.config.ts': `import type { HostSpec } from 'rbdboot';
const hosts: Record<string, HostSpec> = {};
for (let n = 1; n <= 3; n++) {
    hosts[\`desk\${n}\`] = { mac: \`52:54:00:00:00:0\${n}\`, image: \`rbd/desk\${n}\`, filesystem: 'ext4' };
}
${withHosts}`,
        });
        const outcome = await loadSite(file);
        expect(outcome.ok && outcome.value.hosts.map(({ name }) => name)).toEqual([
            'desk1',
            'desk2',
            'desk3',
        ]);
    });

    it('is read anew each time', async () => {
        const text = good;
        const file = write({ 'boot.config.ts': text });
        await loadSite(file);
        writeFileSync(file, text.replace('desk1:', 'desk9:'));
        expect(await loadSite(file)).toMatchObject({ value: { hosts: [{ name: 'desk9' }] } });
    });
});
