import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redact } from '../canary.ts';
import type { Machine } from '../qemu/machine.ts';
import type { ScenarioId, ScenarioPlan } from '../scenario-plan.ts';
import { type Phase, timelineOf } from '../timeline.ts';
import type { FailureClass } from './classify.ts';

/** What is kept of one scenario, for reports: everything in it may be shown to anybody. */
export interface ScenarioRecord {
    readonly id: ScenarioId;
    readonly title: string;
    readonly tier: ScenarioPlan['tier'];
    readonly outcome: 'passed' | 'failed';
    /** Where it went wrong; absent for one that passed. */
    readonly class?: FailureClass;
    readonly message?: string;
    /** ISO 8601. */
    readonly startedAt: string;
    readonly seconds: number;
    readonly machines: readonly MachineRecord[];
}

export interface MachineRecord {
    readonly name: string;
    readonly phases: readonly Phase[];
    /** Seconds from power-on, and a line. */
    readonly console: readonly (readonly [at: number, text: string])[];
    /** A PNG in base64, of a machine that failed. */
    readonly screen?: string;
}

/** What is kept of a machine. */
export async function recordMachine(machine: Machine): Promise<MachineRecord> {
    const { directory, journal, name, poweredOn } = machine;
    const screen = await readFile(join(directory, 'screen.png'), 'base64').catch(() => undefined);
    const seen = journal.all();
    return {
        name,
        phases: timelineOf(seen, poweredOn),
        console: seen
            .filter(({ source }) => source === 'console')
            .map(({ at, text }) => [Math.round(at - poweredOn) / 1000, text] as const),
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
