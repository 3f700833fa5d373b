import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { siteIn } from '../site.ts';
import { siteFile } from './recipe.ts';
import { recipes } from './recipes.ts';

/** Another cluster, or other monitors, for the machines of a configuration that there is besides. */
const variants = ['dead-monitors', 'wrong-fsid'];

test('each configuration has a recipe, or is a variant of one that has', () => {
    const files = readdirSync(dirname(siteFile('fleet')))
        .filter((name) => name.endsWith('.boot.config.ts'))
        .map((name) => name.replace('.boot.config.ts', ''));
    expect(files.sort()).toEqual([...Object.keys(recipes), ...variants].sort());
});

test('no two configurations have a MAC address or a writable image in common', async () => {
    const sites = await Promise.all(Object.keys(recipes).map((name) => siteIn(siteFile(name))));
    const hosts = sites.flatMap((site) => site.hosts);
    const twice = (all: readonly string[]) =>
        all.filter((one, index) => all.indexOf(one) !== index);
    expect(twice(hosts.flatMap(({ bond, mac }) => bond?.nics ?? [mac]))).toEqual([]);
    const written = hosts.filter(({ image }) => image.snapshot === undefined);
    expect(twice(written.map(({ image }) => JSON.stringify(image)))).toEqual([]);
}, 60_000);
