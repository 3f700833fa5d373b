import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogue } from '../diagnostics/catalogue.ts';
import { explanations } from '../diagnostics/explanations.ts';
import { explain } from './commands/explain.ts';

const script = fileURLToPath(
    new URL('../../scripts/initramfs-tools/local-top/rbdboot', import.meta.url),
);

let output = '';
let errors = '';
beforeEach(() => {
    output = '';
    errors = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        output += text;
        return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
        errors += text;
        return true;
    });
});
afterEach(() => {
    vi.restoreAllMocks();
});

const plain = { json: false };

describe('explain', () => {
    it('explains a code, also out of a whole console line', async () => {
        for (const asked of ['RB204', 'rb204', 'rbdboot[map-image] RB204: the monitors rejected']) {
            output = '';
            expect(await explain(asked, plain)).toBe(0);
            expect(output).toMatch(/^RB204: The monitors rejected the key/);
            expect(output).toContain('ceph auth get client.NAME');
        }
    });

    it('explains a step, also out of a progress line', async () => {
        for (const asked of ['map-image', 'rbdboot[map-image]: mapping']) {
            output = '';
            expect(await explain(asked, plain)).toBe(0);
            expect(output).toMatch(/^map-image: maps the image/);
        }
    });

    it('leads from each line of a step to the configuration', async () => {
        const lines = readFileSync(script, 'utf8').split('\n');
        const first = lines.findIndex((line) => line.startsWith('# Step map-image')) + 1;
        const last = lines.indexOf('}', first) + 1;
        for (const line of [first, first + 10, last]) {
            output = '';
            expect(await explain(`${script}:${line}`, plain)).toBe(0);
            expect(output).toContain('belongs to step map-image');
            expect(output).toMatch(/from {3}hosts\.desk1\.image, boot\.config\.ts:\d+:\d+/);
        }
        output = '';
        await explain(`${script}:2`, plain);
        expect(output).toContain('belongs to no step');
    });

    it('prints one JSON document', async () => {
        await explain('RB201', { json: true });
        expect(JSON.parse(output)).toMatchObject({ ok: true, code: 'RB201' });
    });

    it('says what it can explain, when it cannot', async () => {
        for (const asked of ['RB299', 'mapimage', '/etc/passwd:1', '']) {
            expect(await explain(asked, plain)).toBe(1);
        }
        expect(errors).toContain('did you mean "map-image"');
        expect(errors).toContain('error RB112');
    });
});

describe('explanations', () => {
    it('say of each code why and what to do, in whole sentences', () => {
        expect(Object.keys(explanations)).toEqual(Object.keys(catalogue));
        for (const { why, cure } of Object.values(explanations)) {
            expect(why).toMatch(/^(iPXE|rbdboot|[A-Z"]).*\.$/);
            expect(cure).toMatch(/^[A-Z"-].*\.$/);
        }
    });
});
