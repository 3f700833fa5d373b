import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redact } from '../canary.ts';
import { toldFaults } from '../faults/told.ts';
import type { Machine } from '../qemu/machine.ts';
import type { QuarantineEntry } from '../quarantine.ts';
import type { ScenarioId, ScenarioPlan } from '../scenario-plan.ts';
import { type Phase, timelineOf } from '../timeline.ts';
import type { FailureClass } from './failure-class.ts';

/** What is kept of one scenario, for reports: everything in it may be shown to anybody. */
export interface ScenarioRecord {
    readonly id: ScenarioId;
    readonly title: string;
    readonly tier: ScenarioPlan['tier'];
    readonly outcome: 'passed' | 'failed';
    /** What its machines start with, where nothing else is said. */
    readonly firmware?: 'bios' | 'uefi';
    readonly lane?: 'network' | 'direct';
    /** What the random choices of it come from, so that they can be made again. */
    readonly seed?: string;
    /** Seconds within which a machine that is to fail must say so. Absent where it is to come up. */
    readonly within?: number;
    /** Of one that failed for a reason that is known: it does not count. */
    readonly quarantined?: QuarantineEntry;
    /** Where it went wrong; absent for one that passed. */
    readonly class?: FailureClass;
    readonly message?: string;
    /** The directory with all that is known of a failure, relative to the checkout. */
    readonly bundle?: string;
    /** ISO 8601. */
    readonly startedAt: string;
    readonly seconds: number;
    readonly machines: readonly MachineRecord[];
    /** What it measured besides, for people: `['p95 of the map', '4.1 s']`. */
    readonly measured?: readonly (readonly [what: string, value: string])[];
}

export interface MachineRecord {
    readonly name: string;
    readonly phases: readonly Phase[];
    /** Seconds from power-on, and a line. */
    readonly console: readonly (readonly [at: number, text: string])[];
    /** What was done to it while it ran: seconds from power-on, and what. */
    readonly faults?: readonly (readonly [at: number, what: string])[];
    /** The longest time, in seconds, for which nothing of it moved and nothing was announced. */
    readonly longestQuiet?: number;
    /** What it showed last: a PNG in base64. */
    readonly screen?: string;
}

/** What is kept of a machine. */
export async function recordMachine(machine: Machine): Promise<MachineRecord> {
    const { directory, journal, name, poweredOn, pulse } = machine;
    const screen = await readFile(join(directory, 'screen.png'), 'base64').catch(() => undefined);
    const seen = journal.all();
    const since = (at: number) => Math.round(at - poweredOn) / 1000;
    const faults = toldFaults(seen, poweredOn);
    return {
        name,
        phases: timelineOf(seen, poweredOn),
        longestQuiet: pulse.longestQuiet(),
        console: seen
            .filter(({ source }) => source === 'console')
            .map(({ at, text }) => [since(at), text] as const),
        ...(faults.length === 0 ? {} : { faults }),
        ...(screen === undefined ? {} : { screen }),
    };
}

/**
 * Writes a record into a directory, in a file of its own.
 *
 * @param keys what may not stand in it.
 */
export async function writeRecord(
    directory: string,
    file: string,
    keys: readonly string[],
    record: ScenarioRecord,
): Promise<void> {
    await mkdir(directory, { recursive: true });
    const text = redact(Buffer.from(`${JSON.stringify(record)}\n`), keys);
    await writeFile(join(directory, `${file}.json`), text);
}

/** All records in a directory, in the order in which they began. */
export async function readRecords(directory: string): Promise<readonly ScenarioRecord[]> {
    const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
    const records = await Promise.all(
        names.map(
            async (name): Promise<ScenarioRecord> =>
                JSON.parse(await readFile(join(directory, name), 'utf8')),
        ),
    );
    return records.sort((one, other) => one.startedAt.localeCompare(other.startedAt));
}
