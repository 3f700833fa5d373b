import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildDirectory, isGoingOn, openRun, runName } from './build-directory.ts';

test('a run goes on as long as its process is there', () => {
    expect(isGoingOn(runName())).toBe(true);
    expect(isGoingOn(`${process.pid}-1`)).toBe(false);
    expect(isGoingOn('4194305-12345')).toBe(false);
    expect(isGoingOn('notes')).toBe(false);
});

test('a new run removes what killed runs left, and nothing else', async () => {
    const root = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const build = buildDirectory({ RBDBOOT_BUILD: root });
    await mkdir(join(build.runs, '4194305-12345', 'logs'), { recursive: true });
    await mkdir(build.cache);
    await writeFile(join(build.cache, 'root-1.tar'), '');
    await writeFile(join(build.cache, 'root-2.tar.making-4194305-12345'), '');
    await writeFile(join(build.cache, `root-3.tar.making-${runName()}`), '');

    await openRun(build, runName());

    expect(await readdir(build.runs)).toEqual([runName()]);
    expect((await readdir(build.cache)).sort()).toEqual([
        'root-1.tar',
        `root-3.tar.making-${runName()}`,
    ]);
});
