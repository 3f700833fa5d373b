import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { projectDirectory } from './build-directory.ts';
import type { RootFlavourName } from './images/base-root.ts';
import { partsOf } from './reservation.ts';
import type { ScenarioPlan } from './scenario-plan.ts';
import type { SiteRecipe } from './sites/recipe.ts';
import { recipes } from './sites/recipes.ts';

/** A scenario that is planned, and the file that it is in. */
export interface PlannedScenario extends ScenarioPlan {
    /** Relative to the checkout. */
    readonly file: string;
}

/** Which of them a run is about. */
export interface Choice {
    /** Ids, or letters of groups, with commas between them; or words of a title. Default: all. */
    readonly only?: string;
    /** Default: all. */
    readonly tier?: ScenarioPlan['tier'];
    /** How their machines come to the kernel. Default: one way or the other. */
    readonly lane?: NonNullable<ScenarioPlan['lane']>;
}

export const manifestFile = join(projectDirectory, 'vm-tests/scenarios/manifest.json');

/**
 * All scenarios that there should be. It is written down apart from them, so that one that gets lost
 * is missed.
 */
export function readManifest(): readonly PlannedScenario[] {
    return JSON.parse(readFileSync(manifestFile, 'utf8'));
}

/** Those that a run should run. */
export function choose(
    all: readonly PlannedScenario[],
    { lane, only = '', tier }: Choice,
): readonly PlannedScenario[] {
    const ofTier = all.filter(
        (one) =>
            (tier === undefined || one.tier === tier) &&
            (lane === undefined || (one.lane ?? 'network') === lane),
    );
    const named = only.split(',').map((one) => (/^[HFSL]$/.test(one) ? one : `${one}.`));
    const byId = ofTier.filter(({ id }) => named.some((one) => `${id}.`.startsWith(one)));
    return only === '' || byId.length > 0
        ? byId.length > 0
            ? byId
            : ofTier
        : ofTier.filter(({ id, title }) => `${id} ${title}`.includes(only));
}

/** The Debian roots that scenarios need, each once. */
export function rootsOf(chosen: readonly PlannedScenario[]): readonly RootFlavourName[] {
    const booted = chosen
        .flatMap(({ machines }) => machines)
        .filter((name) => name !== 'reference')
        .map((name): SiteRecipe => recipes[partsOf(name).site])
        .map(({ root = 'plain' }) => root);
    return [
        ...new Set(['plain' as const, ...booted, ...chosen.flatMap(({ roots = [] }) => roots)]),
    ];
}

/** What vitest is told to run these and no others. */
export function patternOf(chosen: readonly PlannedScenario[]): string {
    const ids = chosen.map(({ id }) => id.replaceAll('.', '\\.'));
    return `^(?:${ids.join('|')}) `;
}

/** The plans of all scenarios that there are, by their files. Runs none of them. */
export async function listScenarios(): Promise<readonly PlannedScenario[]> {
    const directory = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    const list = join(directory, 'plans');
    try {
        await writeFile(list, '');
        const vitest = join(projectDirectory, 'node_modules/vitest/vitest.mjs');
        // In one process, which reads what the scenarios have in common once.
        const words = ['list', '--json', '--no-isolate', '--maxWorkers=1'];
        const { stdout } = await execa(
            process.execPath,
            [vitest, ...words, '--root', projectDirectory, '--project', 'vm'],
            {
                env: { RBDBOOT_LIST_SCENARIOS: list },
            },
        );
        const files = new Map(
            (JSON.parse(stdout) as { name: string; file: string }[]).map(({ file, name }) => [
                name,
                relative(projectDirectory, file),
            ]),
        );
        const plans = (await readFile(list, 'utf8')).split('\n').filter((line) => line !== '');
        return plans
            .map((line) => JSON.parse(line) as ScenarioPlan)
            .map((plan) => ({ ...plan, file: files.get(`${plan.id} ${plan.title}`) ?? '' }))
            .sort((one, other) => (one.id < other.id ? -1 : 1));
    } finally {
        await rm(directory, { recursive: true });
    }
}
