import { appendFileSync, mkdirSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { now, type Observation } from '../../journal.ts';
import type { Lab } from '../../lab.ts';
import type { Machine } from '../../qemu/machine.ts';
import { phasesBegunBy } from '../../timeline.ts';
import type { ScenarioRecord } from '../record.ts';

/** Something that a scenario says of itself while it runs. Times as of `now`. */
export type ProgressEvent = { readonly at: number; readonly id: string } & (
    | { readonly kind: 'begins'; readonly title: string }
    | { readonly kind: 'power-on'; readonly machine: string }
    | { readonly kind: 'phase'; readonly machine: string; readonly phase: string }
    /** Anything at all was seen of it: told once a second at the most. */
    | { readonly kind: 'sign'; readonly machine: string; readonly source: Observation['source'] }
    | { readonly kind: 'fault'; readonly machine: string; readonly what: string }
    | { readonly kind: 'power-off'; readonly machine: string }
    | ({ readonly kind: 'ends' } & Ending)
);

/** How a scenario ended, and what it measured. */
type Ending = Pick<ScenarioRecord, 'outcome' | 'class' | 'message' | 'bundle' | 'measured'>;

/** What a scenario tells whoever watches the run. */
export interface Progress {
    readonly begins: (title: string) => void;
    /** Tells what is seen of a machine from now on. */
    readonly follows: (machine: Pick<Machine, 'journal' | 'name' | 'poweredOn' | 'ended'>) => void;
    readonly ends: (how: Ending) => void;
}

const signEvery = 1000;

/** Where the scenarios of a run tell how they fare: in memory, and gone with the run. */
export function progressDirectory({ state }: Pick<Lab, 'state'>): string {
    return join(state, 'progress');
}

/**
 * The way from a scenario to whoever watches the run, in another process: a file for each scenario
 * with a line for each event. It needs nobody at the other end, nothing waits for it, and what it held
 * when a process was killed is there afterwards.
 *
 * @param directory one for all scenarios of the run.
 */
export function openProgress(directory: string, id: string): Progress {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, `${id}.jsonl`);
    const tell = (event: object, at = now()) =>
        appendFileSync(file, `${JSON.stringify({ at, id, ...event })}\n`);
    const boots = new Map<string, number>();
    return {
        begins: (title) => tell({ kind: 'begins', title }),
        ends: (how) => tell({ kind: 'ends', ...how }),
        follows: ({ ended, journal, name, poweredOn }) => {
            const boot = (boots.get(name) ?? 0) + 1;
            boots.set(name, boot);
            const machine = boot === 1 ? name : `${name} (boot ${boot})`;
            const told = new Set<string>();
            let lastSign = 0;
            tell({ kind: 'power-on', machine }, poweredOn);
            const take = (observation: Observation) => {
                const { at, source, text } = observation;
                for (const phase of phasesBegunBy(observation, told)) {
                    told.add(phase);
                    tell({ kind: 'phase', machine, phase }, at);
                }
                if (source === 'fault') {
                    tell({ kind: 'fault', machine, what: text }, at);
                } else if (source !== 'harness' && at - lastSign >= signEvery) {
                    lastSign = at;
                    tell({ kind: 'sign', machine, source }, at);
                }
            };
            // What was seen before anybody could ask: it has had power for a moment.
            for (const observation of journal.all()) {
                take(observation);
            }
            journal.follow(take);
            ended.then(() => tell({ kind: 'power-off', machine })).catch(() => {});
        },
    };
}

/** Reads what was added to the files of a directory since the last time, in the order of its times. */
export function progressReader(directory: string): () => Promise<readonly ProgressEvent[]> {
    const read = new Map<string, number>();
    return async () => {
        const names = await readdir(directory).catch(() => []);
        const added = await Promise.all(
            names.map(async (name) => {
                const from = read.get(name) ?? 0;
                const text = await readFrom(join(directory, name), from);
                // A line that is being written is for the next time.
                const whole = text.subarray(0, text.lastIndexOf('\n') + 1);
                read.set(name, from + whole.length);
                return whole
                    .toString()
                    .split('\n')
                    .filter((line) => line !== '')
                    .map((line) => JSON.parse(line) as ProgressEvent);
            }),
        );
        return added.flat().sort((one, other) => one.at - other.at);
    };
}

async function readFrom(path: string, position: number): Promise<Buffer> {
    const file = await open(path);
    try {
        const { size } = await file.stat();
        const length = Math.max(size - position, 0);
        const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position });
        return buffer.subarray(0, bytesRead);
    } finally {
        await file.close();
    }
}
