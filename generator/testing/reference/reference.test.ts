import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { printKernelVersion } from '../../model/kernel-version.ts';
import { type MapOptionName, mapOptionRules } from '../../model/map-options.ts';
import { openPublicInterface, type PublicInterface } from '../../typescript/reference.ts';
import { referencePages } from './pages.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

describe('the reference', { timeout: 60_000 }, () => {
    let pages: ReturnType<typeof referencePages>;
    beforeAll(() => {
        pages = referencePages();
    }, 60_000);

    it.each([
        'docs/reference/configuration.md',
        'docs/reference/codes.md',
        'docs/reference/command-line.md',
        'generator/api.txt',
    ])('%s is what "make reference" writes', (page) => {
        expect(readFileSync(path(page), 'utf8')).toBe(pages[page]);
    });

    it('names no machine and no path of one', () => {
        const all = Object.values(pages).join('');
        expect(all).not.toContain('import(');
        expect(all).not.toContain(path(''));
    });
});

describe('openPublicInterface', { timeout: 60_000 }, () => {
    it('gives the versions of the table of map options', () => {
        const exported = openPublicInterface(path('generator/index.ts'), path('tsconfig.json'));
        const told = exported.describe('MapOptionValues').keys.map(({ name, meaning }) => {
            const version = /Since Linux (\d+\.\d+)\./.exec(meaning)?.[1];
            return [name, version];
        });
        const known = told.map(([name]) => {
            const { since } = mapOptionRules[name as MapOptionName];
            return [name, since === undefined ? undefined : printKernelVersion(since)];
        });
        expect(told).toEqual(known);
        expect(told).toHaveLength(Object.keys(mapOptionRules).length);
    });

    it('fails on a key of which nothing is said', () => {
        const folder = mkdtempSync(join(tmpdir(), 'rbdboot-reference-'));
        const describeBare = (): ReturnType<PublicInterface['describe']> => {
            writeFileSync(
                join(folder, 'a.ts'),
                '/** A. */\nexport interface A {\n    /** B. */\n    b: 1;\n    c: 2;\n}\n',
            );
            writeFileSync(join(folder, 'tsconfig.json'), '{}');
            return openPublicInterface(
                join(folder, 'a.ts'),
                join(folder, 'tsconfig.json'),
            ).describe('A');
        };
        expect(describeBare).toThrow('A.c has no documentation');
        rmSync(folder, { recursive: true });
    });
});
