import { join, relative } from 'node:path';
import { test } from 'vitest';
import type { Host } from '../generator/model/site.ts';
import { buildDirectory } from './build-directory.ts';
import { writeBundle } from './bundle.ts';
import { findLeaks } from './canary.ts';
import { hashOf } from './content-cache.ts';
import { filesIn } from './files-in.ts';
import type { Lab } from './lab.ts';
import { openLab } from './lab-file.ts';
import { type Machine, powerOn } from './qemu/machine.ts';
import { classify } from './report/classify.ts';
import { recordMachine, type ScenarioRecord, writeRecord } from './report/record.ts';
import { type BootOptions, freshImage, startOf } from './scene.ts';
import { hostIn, siteIn } from './site.ts';
import { type OpenSite, openSite } from './sites/open-site.ts';
import { siteFile } from './sites/recipe.ts';
import type { SiteName } from './sites/recipes.ts';
import { firstTierAlone } from './tier.ts';
import { narrate, timelineOf } from './timeline.ts';

/** What a scenario works with. */
export interface Scene {
    readonly lab: Lab;
    /** A machine of `sites/fleet`, with its image and its NIC. */
    readonly host: (name: string) => Host;
    /** Opens a configuration of `sites/`: its clients and its golden image are there afterwards. */
    readonly site: (name: SiteName) => Promise<OpenSite>;
    /**
     * Gives a machine power. It has had none, or has lost it, before; at the first time in a
     * scenario its image is as it was at first.
     */
    readonly boot: (options?: BootOptions) => Promise<Machine>;
    /** Says that a key is secret: nothing that is printed until the end may have it. */
    readonly guard: (key: string) => void;
}

/**
 * A test that boots machines. At its end every machine loses its power, and no log of any of them
 * may have a key in it.
 *
 * A scenario that fails leaves a bundle, whose place is in the error.
 */
export function scenario(title: string, play: (scene: Scene) => Promise<void>): void {
    test(title, () => perform(title, play));
}

/**
 * A scenario that runs at the same time as the others of its file that are written so: for machines
 * that wait most of the time, each with an image of its own.
 */
export function scenarioAtOnce(title: string, play: (scene: Scene) => Promise<void>): void {
    test.concurrent(title, () => perform(title, play));
}

async function perform(title: string, play: (scene: Scene) => Promise<void>): Promise<void> {
    const lab = await openLab();
    const machines: Machine[] = [];
    const keys = [lab.credential.key];
    const booted = new Set<Host>();
    const fleet = firstTierAlone ? undefined : await siteIn(siteFile('fleet'));
    const site = async (name: SiteName) => {
        const open = await openSite(lab, name);
        keys.push(...open.credentials.map(({ key }) => key));
        return open;
    };
    const say = (line: string) => process.stdout.write(`${line}\n`);
    say(`       ${title}`);
    const started = new Date();
    const record = async (
        outcome: ScenarioRecord['outcome'],
        failure: Pick<ScenarioRecord, 'class' | 'message'> = {},
    ) =>
        writeRecord(buildDirectory().records, slug(title), keys, {
            title,
            outcome,
            ...failure,
            startedAt: started.toISOString(),
            seconds: (Date.now() - started.getTime()) / 1000,
            machines: await Promise.all(machines.map(recordMachine)),
        });
    try {
        await play({
            lab,
            host: (name) => hostIn(fleet, name),
            site,
            guard: (key) => keys.push(key),
            boot: async (options = {}) => {
                const { host: wanted, site: from = 'fleet' } = options;
                const open = wanted === undefined ? undefined : await site(from);
                const host = wanted === undefined ? lab.host : hostIn(open?.site, wanted);
                const target = open === undefined ? { host } : { host, open };
                if (!booted.has(host)) {
                    booted.add(host);
                    await freshImage(lab, target);
                }
                const name = `${slug(title)}-${machines.length + 1}`;
                const machine = await powerOn({
                    name: host.name,
                    mac: options.mac ?? host.mac,
                    ...(options.otherNics === undefined ? {} : { otherNics: options.otherNics }),
                    ...(options.uuid === undefined ? {} : { uuid: options.uuid }),
                    ...(options.disks === undefined ? {} : { disks: options.disks }),
                    network: lab.network,
                    accelerator: lab.accelerator,
                    start: await startOf(lab, target, options, `${name}-${host.name}`),
                    directory: join(lab.directory, `${name}-${host.name}`),
                    sockets: lab.state,
                    serverLogs: lab.serverLogs,
                    ...(options.allowed === undefined ? {} : { allowed: options.allowed }),
                    ...(options.wiring === undefined ? {} : { wiring: options.wiring }),
                });
                machines.push(machine);
                narrate(machine, say);
                return machine;
            },
        });
        await expectNoLeak(lab, keys);
        await record('passed');
    } catch (error) {
        const directory = join(buildDirectory().bundles, slug(title));
        const reason = error instanceof Error ? error : new Error(String(error));
        await writeBundle({
            lab,
            machines,
            images: [...booted].map(({ image }) => image),
            directory,
            title,
            error: reason,
            repeat: `make vm-test ONLY='${title}'`,
            keys,
        });
        const reached = machines.flatMap(({ journal, poweredOn }) =>
            timelineOf(journal.all(), poweredOn).map(({ name }) => name),
        );
        const seen = machines.flatMap(({ journal }) => journal.all());
        const kind = classify(seen, reached);
        await record('failed', { class: kind, message: reason.message });
        reason.message = `${kind}: ${reason.message}\nEverything that is known of it: ${relative(process.cwd(), directory)}/summary.md`;
        throw reason;
    } finally {
        await Promise.all(machines.map((machine) => machine.cutPower()));
    }
}

async function expectNoLeak(lab: Lab, keys: readonly string[]): Promise<void> {
    const leaks = findLeaks(await filesIn(lab.directory), keys);
    if (leaks.length > 0) {
        const places = leaks.map(({ file, form }) => `${file} (${form})`);
        throw new Error(`a key was printed: ${places.join(', ')}`);
    }
}

/** A name for files: what can be read of the title, and what tells it from one that begins alike. */
function slug(title: string): string {
    const words = title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');
    return words.length <= 60 ? words : `${words.slice(0, 53)}-${hashOf({ title }).slice(0, 6)}`;
}
