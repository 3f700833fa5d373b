import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { success } from '../diagnostics/diagnostic.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import { readTree, type Tree, writeTree } from '../testing/tree.ts';
import { type Disk, realDisk } from './disk.ts';
import { type InstallOptions, installFiles } from './install.ts';
import { uninstallFiles } from './uninstall.ts';
import { defaultState, withLockedWorkspace } from './workspace.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (path: string, text: string, mode = 0o644): EmittedFile => ({ path, mode, text });

const first = [
    file('etc/ceph/ceph.conf', '[global]\n'),
    file('etc/ceph/ceph.client.desks.keyring', 'a key\n', 0o600),
    file('etc/initramfs-tools/hooks/rbdboot', '#!/bin/sh\n', 0o755),
    file('etc/initramfs-tools/scripts/old', 'old\n', 0o755),
];
const second = [
    file('etc/ceph/ceph.conf', '[global]\nfsid = 1\n'),
    file('etc/ceph/ceph.client.desks.keyring', 'a key\n', 0o600),
    file('etc/initramfs-tools/hooks/rbdboot', '#!/bin/sh\n', 0o755),
    file('etc/initramfs-tools/scripts/local-top/rbdboot', 'new\n', 0o755),
    file('etc/fstab', '/dev/rbd0 /\n'),
];

/** A root, what is done to it, and what is to be there in the end. */
interface Scenario {
    readonly before: (root: string) => void;
    readonly run: (root: string, disk: Disk) => { readonly ok: boolean };
}

const bare = (root: string) => {
    mkdirSync(join(root, 'var/lib'), { recursive: true });
    writeTree(root, { 'etc/fstab': 'by hand\n' });
};
const install = (root: string, files: readonly EmittedFile[], options: InstallOptions = {}) => {
    const outcome = installFiles(root, files, options);
    expect(outcome).toMatchObject({ ok: true });
    return outcome;
};

const scenarios: Readonly<Record<string, Scenario>> = {
    'a first installation': {
        before: bare,
        run: (root, disk) => installFiles(root, first, { disk }),
    },
    'a second one that creates, updates, replaces and removes': {
        before: (root) => {
            bare(root);
            install(root, first);
        },
        run: (root, disk) => installFiles(root, second, { disk, force: true }),
    },
    'an uninstallation that restores': {
        before: (root) => {
            bare(root);
            install(root, second, { force: true });
        },
        run: (root, disk) => uninstallFiles(root, { disk }),
    },
    'a forced uninstallation that keeps an edit': {
        before: (root) => {
            bare(root);
            install(root, first);
            writeTree(root, { 'etc/ceph/ceph.conf': 'edited\n' });
        },
        run: (root, disk) => uninstallFiles(root, { disk, force: true }),
    },
};

/** What a power cut is to the program: nothing that it tries afterwards has an effect. */
class PowerCut extends Error {}

const reads = ['lstatSync', 'readFileSync', 'readlinkSync', 'realpathSync', 'readdirSync'];

/**
 * A disk whose n-th change goes wrong. `'error'`: that one alone, as a bad block. `'crash'`: the
 * world stops there, a write half done.
 */
function breakingDisk(n: number, how: 'error' | 'crash'): { disk: Disk; count: () => number } {
    let count = 0;
    const disk = new Proxy(realDisk, {
        get(target, name: keyof Disk) {
            const call = target[name] as (...args: unknown[]) => unknown;
            if (reads.includes(name)) {
                return (...args: unknown[]) => {
                    if (how === 'crash' && count >= n) {
                        throw new PowerCut();
                    }
                    return call(...args);
                };
            }
            return (...args: unknown[]) => {
                count++;
                if (how === 'error' && count === n) {
                    throw Object.assign(new Error(`EIO: i/o error, ${name}`), { code: 'EIO' });
                }
                if (how === 'crash' && count >= n) {
                    if (count === n && name === 'writeSync') {
                        const [handle, bytes] = args as [number, Buffer];
                        realDisk.writeSync(handle, bytes.subarray(0, bytes.length / 2));
                    }
                    throw new PowerCut();
                }
                // Nothing here outlives the machine, and waiting for the disk is most of the time.
                return name === 'fsyncSync' ? undefined : call(...args);
            };
        },
    });
    return { disk, count: () => count };
}

/** After a real crash the process of the lock is gone; here it is this very process. */
function buryLockHolder(root: string): void {
    const state = join(root, defaultState);
    const names = existsSync(state) ? readdirSync(state) : [];
    for (const name of names.filter((one) => one.startsWith('lock'))) {
        const text = readFileSync(join(state, name), 'utf8');
        writeFileSync(join(state, name), text.replace(/"started":"\d+"/, '"started":"0"'));
    }
}

describe.each(Object.entries(scenarios))('%s', { timeout: 60_000 }, (name, { before, run }) => {
    const at = (part: string) => join(folder, name.replaceAll(' ', '-'), part);
    let old: Tree;
    let next: Tree;
    let steps: number;
    beforeAll(() => {
        mkdirSync(at('old'), { recursive: true });
        before(at('old'));
        old = readTree(at('old'));
        copy(at('new'));
        const { disk, count } = breakingDisk(Number.POSITIVE_INFINITY, 'error');
        expect(run(at('new'), disk)).toMatchObject({ ok: true });
        next = readTree(at('new'));
        steps = count();
        expect(steps).toBeGreaterThan(20);
        expect(next).not.toEqual(old);
    });

    function copy(to: string): void {
        rmSync(to, { recursive: true, force: true });
        cpSync(at('old'), to, { recursive: true });
    }

    it('changes all or nothing if any one step fails', () => {
        for (let n = 1; n <= steps; n++) {
            copy(at('try'));
            const outcome = run(at('try'), breakingDisk(n, 'error').disk);
            const tree = withoutLock(readTree(at('try')));
            expect(tree, `step ${n}: ${JSON.stringify(outcome)}`).toEqual(outcome.ok ? next : old);
        }
    });

    it('is taken back or finished by the next run if it is stopped after any step', () => {
        const seen = new Set<boolean>();
        for (let n = 1; n <= steps; n++) {
            copy(at('try'));
            try {
                run(at('try'), breakingDisk(n, 'crash').disk);
            } catch (error) {
                expect(error).toBeInstanceOf(PowerCut);
            }
            expectWholeFiles(readTree(at('try')), old, next);
            buryLockHolder(at('try'));
            withLockedWorkspace(
                breakingDisk(Number.POSITIVE_INFINITY, 'error').disk,
                at('try'),
                defaultState,
                () => success(undefined),
            );
            const tree = readTree(at('try'));
            const isNew = Object.keys(tree).length === Object.keys(next).length && same(tree, next);
            expect(tree, `step ${n}`).toEqual(isNew ? next : old);
            seen.add(isNew);
        }
        expect(seen).toEqual(new Set([false, true]));
    });
});

function same(a: Tree, b: Tree): boolean {
    return JSON.stringify(a) === JSON.stringify(b);
}

/** A lock that could not be removed is harmless, since its process is gone by then. */
function withoutLock(tree: Tree): Tree {
    const rest = Object.entries(tree).filter(([path]) => !path.startsWith(`${defaultState}/lock`));
    const isEmpty = !rest.some(
        ([path]) => path.length > defaultState.length + 1 && path.startsWith(`${defaultState}/`),
    );
    return Object.fromEntries(rest.filter(([path]) => !(isEmpty && path === `${defaultState}/`)));
}

/** Even before the repair, what stands under a real name is a whole file, old or new. */
function expectWholeFiles(tree: Tree, old: Tree, next: Tree): void {
    for (const [path, contents] of Object.entries(tree)) {
        const isTemporary = path.startsWith(defaultState) || /\/\.[^/]*\.(new|old)$/.test(path);
        if (!isTemporary && !path.endsWith('/')) {
            expect([old[path], next[path]], path).toContain(contents);
        }
    }
}
