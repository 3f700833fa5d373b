import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { releases } from '../../generator/testing/releases/releases.ts';
import { uefiFirmware } from '../programs.ts';
import { readYaml, type Yaml } from './testing/read-yaml.ts';

const read = (path: string) =>
    readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const workflow = read('.github/workflows/nightly.yml');
const makefile = read('Makefile');

type Map = { readonly [key: string]: Yaml };
const map = (value: Yaml | undefined): Map =>
    typeof value === 'object' && !Array.isArray(value) ? (value as Map) : {};
const list = (value: Yaml | undefined): readonly Yaml[] => (Array.isArray(value) ? value : []);

const document = map(readYaml(workflow));
const jobs = map(document.jobs);
const matrix = map(map(map(jobs.boot).strategy).matrix);
const steps = Object.values(jobs).flatMap((job) => list(map(job).steps).map(map));
const commands = steps.flatMap(({ run }) => (typeof run === 'string' ? [run] : []));
const targets = new Set(
    [...makefile.matchAll(/^(?<name>[a-z-]+):/gm)].map(({ groups }) => groups?.name),
);

describe('the workflow of each night', () => {
    it('calls targets that the Makefile has, with variables that somebody reads', () => {
        const calls = commands.flatMap((run) => [
            ...run.matchAll(/^make (?<target>[a-z-]+)(?<words>(?: [A-Z]+=)?[^\n>|]*)/gm),
        ]);
        const called = calls.map(({ groups }) => groups?.target);
        expect(called).toEqual(['setup', 'vm-test', 'vm-summary', 'vm-summary', 'vm-issues']);
        expect(called.filter((name) => !targets.has(name))).toEqual([]);
        const sources = `${makefile}${read('vm-tests/network-start.ts')}${read('vm-tests/tier.ts')}`;
        const given = calls.flatMap(({ groups }) => groups?.words?.match(/\b[A-Z]+(?==)/g) ?? []);
        expect(given.length).toBeGreaterThan(3);
        expect(given.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
    });

    it('has a matrix of releases that rbdboot knows, each with its image', () => {
        const names = releases.map(({ name }) => name.toLowerCase().replace(' ', '-'));
        expect(list(matrix.release)).toEqual(names);
        const images = list(matrix.include)
            .map(map)
            .flatMap(({ image, release }) => (release === undefined ? [] : [[release, image]]));
        expect(images).toEqual(names.map((name) => [name, name.replace('-', ':')]));
        expect(list(matrix.firmware)).toEqual(['bios', 'uefi']);
        expect(uefiFirmware.code).toMatch(/OVMF/);
    });

    it('has every action pinned to a commit, and says which version that is', () => {
        const uses = workflow.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
        expect(uses.length).toBeGreaterThan(5);
        for (const line of uses) {
            expect(line).toMatch(/uses: actions\/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
    });

    it('may read, and write issues where it tells of them alone', () => {
        expect(document.permissions).toEqual({ contents: 'read' });
        expect(map(jobs.boot).permissions).toBeUndefined();
        expect(map(jobs.tell).permissions).toEqual({ contents: 'read', issues: 'write' });
        const checkouts = steps.filter(({ uses }) => String(uses).includes('/checkout@'));
        expect(checkouts).toHaveLength(2);
        for (const { with: options } of checkouts) {
            expect(options).toEqual({ 'persist-credentials': 'false' });
        }
    });

    it('puts nothing that others write into a command', () => {
        const inserted = commands.flatMap((run) => run.match(/\$\{\{[^}]*\}\}/g) ?? []);
        expect([...new Set(inserted)].sort()).toEqual([
            '${{ matrix.firmware }}',
            '${{ matrix.lane }}',
        ]);
    });

    it('has commands that a shell can read', async () => {
        for (const run of commands) {
            const { exitCode, stderr } = await execa('bash', ['-n'], { input: run, reject: false });
            expect([exitCode, stderr], run).toEqual([0, '']);
        }
    });
});

describe('what setup installs', () => {
    const packagesOf = async (release: string) => {
        const setup = fileURLToPath(new URL('../setup.sh', import.meta.url));
        return (await execa('sh', [setup, '--packages', release])).stdout.split('\n');
    };

    it.each(['debian-12', 'debian-13', 'ubuntu-24.04'])(
        'is in the archive of %s',
        async (release) => {
            const archive = read(`vm-tests/testing/packages/${release}.packages`);
            const known = new Set(archive.split('\n').map((line) => line.split(' ')[0]));
            const asked = await packagesOf(release);
            expect(asked.length).toBeGreaterThan(30);
            expect(asked.filter((name) => !known.has(name))).toEqual([]);
        },
    );

    it('would not be, without what is said of a release', async () => {
        const archive = read('vm-tests/testing/packages/debian-13.packages');
        expect(archive).not.toMatch(/^yash /m);
        expect(await packagesOf('debian-12')).toContain('yash');
    });
});
