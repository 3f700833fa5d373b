// Boots a host of each kind that there is in the configurations of the scenarios and the examples, as
// `rbdboot vm-test` does it for a user. Ends with `N passed, N failed`; 45 s for each on two processors.
// Usage: prove-configurations [CONFIGURATION]...; make try
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { projectDirectory } from './build-directory.ts';
import { kindOf } from './own-configuration/kind.ts';
import { siteIn } from './site.ts';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : await all();
const seen = new Set<string>();
let [passed, failed] = [0, 0];
for (const file of files) {
    const site = await siteIn(file);
    const hosts = site.hosts.filter((host) => {
        const kind = kindOf(site, host);
        const isNew = !seen.has(kind);
        seen.add(kind);
        return isNew;
    });
    if (hosts.length === 0) {
        continue;
    }
    const names = hosts.flatMap(({ name }) => ['--host', name]);
    process.stdout.write(`${file}: ${hosts.map(({ name }) => name).join(', ')}\n`);
    const { stdout } = await execa(
        process.execPath,
        [join(projectDirectory, 'dist/cli/main.js'), 'vm-test', file, ...names, '--json'],
        { stderr: 'inherit', reject: false },
    );
    const up = upIn(stdout);
    for (const { name } of hosts) {
        process.stdout.write(`  ${up.includes(name) ? 'up' : 'NOT UP'}  ${name}\n`);
    }
    passed += hosts.filter(({ name }) => up.includes(name)).length;
    failed += hosts.filter(({ name }) => !up.includes(name)).length;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function all(): Promise<readonly string[]> {
    const sites = join(projectDirectory, 'vm-tests/sites');
    const examples = join(projectDirectory, 'examples');
    return [
        ...(await readdir(examples)).map((name) => join(examples, name, 'boot.config.ts')),
        ...(await readdir(sites))
            .filter((name) => name.endsWith('.boot.config.ts'))
            .map((name) => join(sites, name)),
    ].sort();
}

/** The hosts that a run says are up; none, if it says nothing. */
function upIn(document: string): readonly string[] {
    try {
        const { hosts } = JSON.parse(document) as { hosts: { host: string; ok: boolean }[] };
        return hosts.filter(({ ok }) => ok).map(({ host }) => host);
    } catch {
        return [];
    }
}
