import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as builders from './index.ts';

const generator = fileURLToPath(new URL('..', import.meta.url));

/** What code outside this folder may import of it: builders, types, and the printing of a script. */
const open = ['ast', 'build', 'index', 'names', 'print', 'walk', 'word'];

it('lets no other folder at what forges, quotes or prints a part', () => {
    const entered = readdirSync(generator, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.ts$/.test(file) && !/^(sh|testing)\//.test(file))
        .flatMap((file) => {
            const text = readFileSync(join(generator, file), 'utf8');
            const names = [...text.matchAll(/from '[./]*\/sh\/([a-z-]+)\.ts'/g)].map(
                ([, name = '']) => name,
            );
            return names.filter((name) => !open.includes(name)).map((name) => `${file}: ${name}`);
        });
    expect(entered).toEqual([]);
});

it('exports no function that makes a string, which could only be shell text', () => {
    const made = Object.entries(builders).flatMap(([name, builder]) => {
        if (typeof builder !== 'function') {
            return typeof builder === 'object' ? [] : [name];
        }
        try {
            const result: unknown = Reflect.apply(builder, undefined, ['a', 'b', 'c']);
            return typeof result === 'string' ? [name] : [];
        } catch {
            return [];
        }
    });
    expect(made).toEqual([]);
});
