import { mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import type { Lab } from '../lab.ts';
import type { LimitedSteps } from './limited.ts';

/** Bytes of the end of a log that are kept. */
const logBytes = 2 * 1024 ** 2;

/** What the cluster's administrator would look at, by the file that it goes into. */
const questions: Readonly<Record<string, readonly string[]>> = {
    // The program is slow to start, and reads any number of commands from its standard input.
    'status.txt': ['status', 'health detail', 'osd blocklist ls', 'osd tree'],
    'osd-dump.txt': ['osd dump'],
    'sessions.txt': ['tell mon.* sessions'],
};

/** Writes what the cluster says of itself and of the images, and what its daemons said. */
export async function writeClusterFiles(
    { cluster, logs }: Pick<Lab, 'cluster' | 'logs'>,
    images: readonly ImageReference[],
    directory: string,
    { take }: LimitedSteps,
): Promise<void> {
    const target = join(directory, 'ceph');
    await mkdir(target);
    const ask = (file: string, program: string, words: readonly string[], input = '') =>
        take(`ceph/${file}`, async () => {
            const { all } = await execa(program, ['--conf', cluster.conf, ...words], {
                all: true,
                input,
                reject: false,
                // Of a monitor that does not answer the program waits for minutes.
                timeout: 40_000,
                killSignal: 'SIGKILL',
            });
            await writeFile(join(target, file), `${all}\n`);
        });
    await Promise.all([
        ...Object.entries(questions).map(([file, lines]) =>
            ask(file, 'ceph', ['--connect-timeout', '4'], `${lines.join('\n')}\n`),
        ),
        ...images.map(printImageReference).flatMap((image) => {
            const file = (kind: string) => `${image.replaceAll('/', '-')}.${kind}.txt`;
            return [
                ask(file('info'), 'rbd', ['info', image]),
                ask(file('watchers'), 'rbd', ['status', image]),
                ask(file('lock'), 'rbd', ['lock', 'ls', image]),
            ];
        }),
    ]);
    const entries = await readdir(logs, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
        const name = relative(logs, join(entry.parentPath, entry.name));
        const ofCeph = /^ceph|^(?:mon|osd|mds|mgr|client)\./.test(name);
        const place = join(ofCeph ? target : directory, name);
        await take(name, async () => {
            await mkdir(dirname(place), { recursive: true });
            await copyEnd(join(logs, name), place);
        });
    }
}

/** Copies the end of a log, from the beginning of a line on. */
async function copyEnd(from: string, to: string): Promise<void> {
    const { size } = await stat(from);
    const file = await open(from);
    try {
        const length = Math.min(size, logBytes);
        const bytes = Buffer.alloc(length);
        await file.read(bytes, 0, length, size - length);
        const begin = size > length ? bytes.indexOf('\n') + 1 : 0;
        await writeFile(to, bytes.subarray(begin));
    } finally {
        await file.close();
    }
}
