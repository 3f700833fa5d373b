import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeTree } from '../testing/tree.ts';
import { defineBoot } from './define.ts';
import { findOwnEntry } from './own-entry.ts';
import { runConfiguration } from './run.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('gives a configuration, and what it imports, the very modules that run it', async () => {
    writeTree(folder, {
        'boot.config.ts': `import { defineBoot } from 'rbdboot';\nimport { inner, type Row } from './inner.ts';\nconst row: Row = { inner };\nexport default { outer: defineBoot, ...row };\n`,
        'inner.ts': `import { defineBoot } from 'rbdboot';\nexport interface Row { readonly inner: unknown }\nexport const inner = defineBoot;\n`,
    });
    const outcome = await runConfiguration(join(folder, 'boot.config.ts'), findOwnEntry());
    expect(outcome).toEqual({ ok: true, value: { outer: defineBoot, inner: defineBoot } });
});

it('waits for a configuration that waits', async () => {
    writeTree(folder, { 'waits.config.ts': 'export default await Promise.resolve(1);\n' });
    const outcome = await runConfiguration(join(folder, 'waits.config.ts'), findOwnEntry());
    expect(outcome).toEqual({ ok: true, value: 1 });
});
