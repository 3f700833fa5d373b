import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { crashIn, watchForCrashes } from './crashes.ts';

const asserted = '/build/ceph/src/osd/PG.cc: 123: FAILED ceph_assert(r == 0)';

function logs(): string {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    writeFileSync(join(directory, 'osd.0.log'), `starting\n${asserted}\n`);
    return directory;
}

test('what a daemon said before is no failure of now', async () => {
    const directory = logs();
    const watch = await watchForCrashes(directory);
    appendFileSync(join(directory, 'osd.0.log'), 'osd.0 up\n');
    await expect(watch.expectNone()).resolves.toBeUndefined();
});

test('a daemon that fails is found, and what it said', async () => {
    const directory = logs();
    const watch = await watchForCrashes(directory);
    appendFileSync(join(directory, 'osd.0.log'), `x\n*** Caught signal (Aborted) **\n`);
    await expect(watch.expectNone()).rejects.toThrow(
        'a daemon has failed, by osd.0.log: *** Caught signal (Aborted) **',
    );
});

test('so is a log that was not there, and a core', async () => {
    const directory = logs();
    const watch = await watchForCrashes(directory);
    writeFileSync(join(directory, 'core.4711'), '');
    await expect(watch.expectNone()).rejects.toThrow('a daemon has left a core: core.4711');
    rmSync(join(directory, 'core.4711'));
    writeFileSync(join(directory, 'mds.a.log'), `${asserted}\n`);
    await expect(watch.expectNone()).rejects.toThrow('mds.a.log');
});

test('a daemon that is ended as a power cut ends it says nothing of that kind', () => {
    expect(crashIn('osd.0 1 osd.0 pg_epoch: 3\nmon.a is new leader\n')).toBeUndefined();
});
