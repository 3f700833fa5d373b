import { readdirSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Site } from '../../generator/model/site.ts';
import { directAddress, leasedAddress } from '../network/addresses.ts';
import { planNetwork } from '../network/plan.ts';
import { siteIn } from '../site.ts';
import { siteFile } from './recipe.ts';
import { recipes } from './recipes.ts';

const exampleFile = fileURLToPath(new URL('../../examples/desk/boot.config.ts', import.meta.url));

/** Another cluster, or other monitors, for the machines of a configuration that there is besides. */
const variants = ['dead-monitors', 'wrong-fsid'];

test('each configuration has a recipe, or is a variant of one that has', () => {
    const files = readdirSync(dirname(siteFile('fleet')))
        .filter((name) => name.endsWith('.boot.config.ts'))
        .map((name) => name.replace('.boot.config.ts', ''));
    expect(files.sort()).toEqual([...Object.keys(recipes), ...variants].sort());
});

let opened: Promise<readonly Site[]> | undefined;

/** All of them; to read them takes a while. */
function allSites(): Promise<readonly Site[]> {
    opened ??= Promise.all(Object.keys(recipes).map((name) => siteIn(siteFile(name))));
    return opened;
}

const twice = (all: readonly string[]) => all.filter((one, index) => all.indexOf(one) !== index);

test('no two configurations have a MAC address or a writable image in common', async () => {
    const hosts = (await allSites()).flatMap((site) => site.hosts);
    expect(twice(hosts.flatMap(({ bond, mac }) => bond?.nics ?? [mac]))).toEqual([]);
    const written = hosts.filter(({ image }) => image.snapshot === undefined);
    expect(twice(written.map(({ image }) => JSON.stringify(image)))).toEqual([]);
}, 60_000);

test('each machine has an address for either lane that nobody else has', async () => {
    const sites = await allSites();
    const reference = await siteIn(exampleFile);
    const network = planNetwork(reference);
    const hosts = sites.flatMap((site) => site.hosts);
    const own = [...reference.hosts, ...hosts].flatMap((host) => [
        directAddress({ network }, host),
        leasedAddress({ network }, host),
    ]);
    expect(own.filter((one) => !isIPv4(one))).toEqual([]);
    const plans = sites.map(planNetwork);
    const fixed = plans.flatMap(({ addresses, machines }) => [...addresses, ...machines]);
    expect(twice([...own, ...new Set([network.server, ...fixed])])).toEqual([]);
    // What anybody may be leased is in the same /24 as the server.
    expect(own.filter((one) => one.startsWith(`${network.prefix}.`))).toEqual([]);
}, 60_000);
