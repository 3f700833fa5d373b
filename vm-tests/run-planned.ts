import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildDirectory, projectDirectory } from './build-directory.ts';
import { type PlannedScenario, patternOf } from './manifest.ts';
import { describeQuarantined } from './quarantine-rules.ts';
import { readRecords, type ScenarioRecord } from './report/record.ts';

/** Scenarios to run, around a lab that is there. */
export interface PlannedRun {
    readonly chosen: readonly PlannedScenario[];
    /** Where the scenarios leave their records. */
    readonly build: BuildDirectory;
    /** Of vitest.config.ts. */
    readonly project: string;
    /** Of vitest, or a file. Default: `verbose`. */
    readonly reporter?: string;
    /** How many machines may have power at the same time. Default: as many as there is room for. */
    readonly room?: number;
    /** Further arguments for vitest. */
    readonly words: readonly string[];
}

/** What came of a run. A run without `problems` is green. */
export interface RunResult {
    readonly passed: number;
    readonly failed: number;
    /** Those that failed in quarantine, which are none of the problems: for people, a line each. */
    readonly aside: readonly string[];
    /** For people, a line each. */
    readonly problems: readonly string[];
}

type Named = Pick<PlannedScenario, 'id' | 'title'>;

/** Lets vitest run the scenarios, and holds the run to its plan. */
export async function runPlanned({
    build,
    chosen,
    project,
    reporter = 'verbose',
    room,
    words,
}: PlannedRun): Promise<RunResult> {
    await rm(build.records, { recursive: true, force: true });
    await mkdir(build.records, { recursive: true });
    const vitest = spawn(
        process.execPath,
        [
            join(projectDirectory, 'node_modules/vitest/vitest.mjs'),
            'run',
            ...new Set(chosen.map(({ file }) => file)),
            ...['--root', projectDirectory, '--project', project],
            ...['--testNamePattern', patternOf(chosen)],
            ...['--reporter', reporter],
            ...words,
        ],
        {
            stdio: ['ignore', 'inherit', 'inherit'],
            env: {
                ...process.env,
                RBDBOOT_BUILD: build.root,
                ...(room === undefined ? {} : { MACHINES: String(room) }),
            },
        },
    );
    const [status] = (await once(vitest, 'exit')) as [number | null];
    return resultOfRun(chosen, await readRecords(build.records), status);
}

/**
 * Holds a run to its plan. What was planned and left no record was skipped, or its file could not be
 * read: it has shown nothing, so it does not pass. Nor does a run in which nothing was planned.
 *
 * @param status the exit status of vitest; `null` if it was killed.
 */
export function resultOfRun(
    chosen: readonly Named[],
    records: readonly (Named & Pick<ScenarioRecord, 'outcome' | 'quarantined'>)[],
    status: number | null,
): RunResult {
    const recordOf = (plan: { readonly id: string }) => records.find(({ id }) => id === plan.id);
    const passed = chosen.filter((plan) => recordOf(plan)?.outcome === 'passed').length;
    const excused = chosen.flatMap((plan) => recordOf(plan)?.quarantined ?? []);
    const stray = records.filter(({ id }) => !chosen.some((plan) => plan.id === id));
    const line = (what: string, { id, title }: Named) => `${what}: ${id} ${title}`;
    const problems = [
        ...(chosen.length === 0 ? ['nothing was planned'] : []),
        ...chosen
            .filter((plan) => recordOf(plan)?.outcome !== 'passed')
            .filter((plan) => recordOf(plan)?.quarantined === undefined)
            .map((plan) => line(recordOf(plan) === undefined ? 'did not run' : 'failed', plan)),
        ...stray.map((record) => line('ran and was not planned', record)),
        ...(status === 0 ? [] : [`vitest ended with status ${status}`]),
    ];
    return {
        passed,
        failed: chosen.length - passed - excused.length,
        aside: excused.map(describeQuarantined),
        problems,
    };
}
