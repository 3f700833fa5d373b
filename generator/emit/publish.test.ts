import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree, type Tree } from '../testing/tree.ts';
import { type Disk, realDisk } from './disk.ts';
import { publishBootFiles } from './publish.ts';

let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-publish-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function publish(kernel: string, initrd: string, disk?: Disk): boolean {
    const files = { kernel: Buffer.from(kernel), initrd: Buffer.from(initrd), initrdMode: 0o640 };
    return publishBootFiles(directory, files, disk);
}

/** Every call of the disk counts, and the one with this number is where the machine lost its power. */
function diskUntil(last: number): Disk {
    let count = 0;
    const limited = Object.entries(realDisk).map(([name, call]) => [
        name,
        (...words: readonly unknown[]) => {
            count++;
            if (count > last) {
                throw new Error('power cut');
            }
            return (call as (...words: readonly unknown[]) => unknown)(...words);
        },
    ]);
    return Object.fromEntries(limited);
}

const first: Tree = { 'initrd.img': '0640 initrd 1', vmlinuz: '0644 kernel 1' };
const second: Tree = {
    'initrd.img': '0640 initrd 2',
    'initrd.img.old': '0640 initrd 1',
    vmlinuz: '0644 kernel 1',
    'vmlinuz.old': '0644 kernel 1',
};

describe('publishBootFiles', () => {
    it('puts a pair in place, and keeps the one before it', () => {
        expect(publish('kernel 1', 'initrd 1')).toBe(true);
        expect(readTree(directory)).toEqual(first);
        // A new initrd of the same kernel: the pair of before has that kernel too.
        expect(publish('kernel 1', 'initrd 2')).toBe(true);
        expect(readTree(directory)).toEqual(second);
        publish('kernel 3', 'initrd 3');
        expect(readTree(directory)).toEqual({
            'initrd.img': '0640 initrd 3',
            'initrd.img.old': '0640 initrd 2',
            vmlinuz: '0644 kernel 3',
            'vmlinuz.old': '0644 kernel 1',
        });
    });

    it('changes nothing with the files that are there, so that the kept ones stay', () => {
        publish('kernel 1', 'initrd 1');
        publish('kernel 1', 'initrd 2');
        expect(publish('kernel 1', 'initrd 2')).toBe(false);
        expect(readTree(directory)).toEqual(second);
    });

    it('keeps no half of a pair', () => {
        writeFileSync(join(directory, 'vmlinuz'), 'a kernel alone');
        publish('kernel 1', 'initrd 1');
        expect(readTree(directory)).toEqual(first);
    });

    it('leaves the mode that an administrator gave to a file', () => {
        publish('kernel 1', 'initrd 1');
        const { ino } = statSync(join(directory, 'initrd.img'));
        realDisk.chmodSync(join(directory, 'initrd.img'), 0o600);
        publish('kernel 2', 'initrd 2');
        expect(statSync(join(directory, 'initrd.img')).mode & 0o777).toBe(0o600);
        expect(statSync(join(directory, 'initrd.img.old')).ino).toBe(ino);
    });

    it('has a whole file at each name, and the right pair kept, wherever it is killed', () => {
        for (let last = 0; ; last++) {
            rmSync(directory, { recursive: true });
            realDisk.mkdirSync(directory);
            publish('kernel 1', 'initrd 1');
            publish('kernel 2', 'initrd 2');
            let survived = true;
            try {
                publish('kernel 3', 'initrd 3', diskUntil(last));
            } catch {
                survived = false;
            }
            const served = (name: string) => readFileSync(join(directory, name), 'utf8');
            expect(served('vmlinuz')).toMatch(/^kernel [23]$/);
            expect(served('initrd.img')).toMatch(/^initrd [23]$/);
            publish('kernel 3', 'initrd 3');
            expect(readTree(directory)).toEqual({
                'initrd.img': '0640 initrd 3',
                'initrd.img.old': '0640 initrd 2',
                vmlinuz: '0644 kernel 3',
                'vmlinuz.old': '0644 kernel 2',
            });
            if (survived) {
                expect(last).toBeGreaterThan(20);
                return;
            }
        }
    });
});
