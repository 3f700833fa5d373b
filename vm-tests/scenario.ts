import { join, relative } from 'node:path';
import { test } from 'vitest';
import { buildDirectory } from './build-directory.ts';
import { writeBundle } from './bundle.ts';
import { findLeaks } from './canary.ts';
import { restoreImage } from './cluster/provision.ts';
import { evictAll } from './cluster/truth.ts';
import { filesIn } from './files-in.ts';
import { type Lab, openLab } from './lab.ts';
import { type Machine, type PowerOn, powerOn } from './qemu/machine.ts';
import { narrate } from './timeline.ts';

/** What a scenario works with. */
export interface Scene {
    readonly lab: Lab;
    /** Gives the lab's machine power. It has had none, or has lost it, before. */
    readonly boot: (options?: Pick<PowerOn, 'allowed'>) => Promise<Machine>;
    /** Says that a key is secret: nothing that is printed until the end may have it. */
    readonly guard: (key: string) => void;
}

/**
 * A test that boots machines. It starts from an image as it was imported, which nobody has open. At
 * its end every machine loses its power, and no log of any of them may have a key in it.
 *
 * A scenario that fails leaves a bundle, whose place is in the error.
 */
export function scenario(title: string, play: (scene: Scene) => Promise<void>): void {
    test(title, async () => {
        const lab = await openLab();
        const machines: Machine[] = [];
        const keys = [lab.credential.key];
        await evictAll(lab.cluster, lab.host.image);
        await restoreImage(lab.cluster, lab.host.image);
        const say = (line: string) => process.stdout.write(`${line}\n`);
        say(`       ${title}`);
        try {
            await play({
                lab,
                guard: (key) => keys.push(key),
                boot: async (options = {}) => {
                    const machine = await powerOn({
                        name: lab.host.name,
                        mac: lab.host.mac,
                        network: lab.network,
                        directory: join(lab.directory, `${slug(title)}-${machines.length + 1}`),
                        sockets: lab.state,
                        serverLogs: lab.serverLogs,
                        ...options,
                    });
                    machines.push(machine);
                    narrate(machine, say);
                    return machine;
                },
            });
            await expectNoLeak(lab, keys);
        } catch (error) {
            const directory = join(buildDirectory().bundles, slug(title));
            const reason = error instanceof Error ? error : new Error(String(error));
            await writeBundle({
                lab,
                machines,
                directory,
                title,
                error: reason,
                repeat: `make vm-test ONLY='${title}'`,
                keys,
            });
            reason.message += `\nEverything that is known of it: ${relative(process.cwd(), directory)}/summary.md`;
            throw reason;
        } finally {
            await Promise.all(machines.map((machine) => machine.cutPower()));
        }
    });
}

async function expectNoLeak(lab: Lab, keys: readonly string[]): Promise<void> {
    const leaks = findLeaks(await filesIn(lab.directory), keys);
    if (leaks.length > 0) {
        const places = leaks.map(({ file, form }) => `${file} (${form})`);
        throw new Error(`a key was printed: ${places.join(', ')}`);
    }
}

function slug(title: string): string {
    return title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 60);
}
