import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from './build-directory.ts';
import { choose, readManifest } from './manifest.ts';

test('the page about what the scenarios cover names none that is not there', () => {
    const page = join(projectDirectory, 'docs/explanation/what-the-scenarios-cover.md');
    const named = readFileSync(page, 'utf8').match(/\b[HFSL]\d{2}(?:\.[a-z0-9-]+)?\b/g) ?? [];
    expect(named.length).toBeGreaterThan(50);
    const all = readManifest();
    for (const id of named) {
        const found = choose(all, { only: id }).filter((one) => one.id.startsWith(id));
        expect(found, id).not.toEqual([]);
    }
});
