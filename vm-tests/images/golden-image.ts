import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildDirectory } from '../build-directory.ts';
import { cached, hashOf } from '../content-cache.ts';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';
import type { RootFlavourName } from './base-root.ts';
import { unpackRoot } from './debian-root.ts';
import { makeFileSystem, rootSize } from './file-system.ts';
import { guestFiles, prepareGuest } from './guest.ts';

/** What is done to a system before it goes into an image. */
export interface FurtherPreparation {
    /** What it depends on, for the hash of the image. */
    readonly inputs: Readonly<Record<string, string>>;
    readonly prepare: (root: string) => Promise<void>;
}

/**
 * A raw image with a Debian system that the harness can hear from. Its initrd comes from elsewhere, so
 * nothing of ours is in it that helps it to boot. 10 s if it is not in the cache.
 *
 * Only for a process that is root of its user namespace.
 */
export async function goldenImage(
    lab: Lab,
    flavour: RootFlavourName,
    further?: FurtherPreparation,
): Promise<string> {
    const base = rootNamed(lab.roots, flavour);
    return cached({
        cache: buildDirectory().cache,
        name: `golden-${flavour}`,
        suffix: '.img',
        inputs: {
            base: basename(base),
            guest: hashOf(await guestFiles()),
            rootSize,
            ...further?.inputs,
        },
        make: async (path) => {
            const root = join(lab.state, 'scratch', randomUUID());
            await unpackRoot(base, root);
            await prepareGuest(root, flavour);
            await further?.prepare(root);
            await makeFileSystem({
                plan: { type: 'ext4', label: flavour.slice(0, 16) },
                tree: root,
                file: path,
            });
            await rm(root, { recursive: true });
        },
    });
}
