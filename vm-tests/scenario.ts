import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { BootedMachine } from './booted-machine.ts';
import { play } from './play.ts';
import type { GuestReport } from './qemu/report.ts';
import type { SmallRootStarted } from './qemu/small-root-started.ts';
import { checkPlan, type ScenarioPlan } from './scenario-plan.ts';
import type { Scene } from './scenario-scene.ts';
import type { BootOptions } from './scene.ts';
import { isUp, rootIsMounted, smallRootRuns } from './until.ts';

export type { Scene } from './scenario-scene.ts';

/**
 * A test that boots machines, by what it says of itself. It runs beside others that need other
 * machines than it, as far as there is room. At its end every machine loses its power, and no log of
 * any of them may have a key in it.
 *
 * One that fails leaves a bundle, whose place is in the error.
 *
 * @param act what is done, and what must be so.
 */
export function scenario(plan: ScenarioPlan, act: (scene: Scene) => Promise<void>): void {
    checkPlan(plan);
    // Whoever makes the manifest asks for the plans alone (`manifest.ts`).
    const list = process.env.RBDBOOT_LIST_SCENARIOS;
    if (list !== undefined) {
        appendFileSync(list, `${JSON.stringify(plan)}\n`);
    }
    test.concurrent(`${plan.id} ${plan.title}`, () => play(plan, act));
}

/** A machine that came up: for the first time, or again after its power was cut. */
export interface Up<Report = GuestReport> {
    readonly machine: BootedMachine;
    /** What was waited for: by default, all that a machine says of itself when it is up. */
    readonly report: Report;
    readonly scene: Scene;
    readonly time: 'first' | 'after a power cut';
}

/** How the machine of a scenario comes up. */
export interface Coming extends BootOptions {
    /** Done before it has power for the first time. What it returns is added to how it boots. */
    readonly prepare?: (scene: Scene) => Promise<BootOptions | undefined>;
}

/** The plan of a scenario in which a machine comes up, twice. */
type PlanOfTwo = Omit<ScenarioPlan, 'outcome' | 'once'>;

/**
 * A scenario in which a machine comes up, to the multi-user target. It boots; its power is cut; it
 * boots again, past the lock that its dead self still has: most failures of the field show at the
 * second boot alone.
 *
 * @param check what must be so, both times.
 * @param coming how it boots. Default: as its plan says.
 */
export function boots(
    plan: PlanOfTwo,
    check: (up: Up) => Promise<void>,
    coming: Coming = {},
): void {
    comesUp(plan, isUp, check, coming);
}

/** As {@link boots}, until its image is mounted: all that the boot scripts have to do with. */
export function mountsRoot(
    plan: PlanOfTwo,
    check: (up: Up<number>) => Promise<void>,
    coming: Coming = {},
): void {
    comesUp(plan, rootIsMounted, check, coming);
}

/** As {@link boots}, from a root that holds little more than an init (`images/small-root.ts`). */
export function startsSmallRoot(
    plan: PlanOfTwo,
    check: (up: Up<SmallRootStarted>) => Promise<void>,
    coming: Coming = {},
): void {
    comesUp(plan, smallRootRuns, check, coming);
}

/**
 * As {@link boots}, where coming up is something else.
 *
 * @param until what is waited for, or what a person does at the machine.
 */
export function comesUp<Report>(
    plan: PlanOfTwo,
    until: (machine: BootedMachine, scene: Scene) => Promise<Report>,
    check: (up: Up<Report>) => Promise<void>,
    { prepare, ...usual }: Coming = {},
): void {
    scenario({ ...plan, outcome: 'up' }, async (scene) => {
        const options = { ...usual, ...(await prepare?.(scene)) };
        await bootTwice({ scene, options, until, check });
    });
}

/**
 * Boots a machine, cuts its power, and boots it again: it must take the lock of its dead self back,
 * whom the cluster serves no more from then on.
 *
 * @param options how it boots.
 * @param again how it boots the second time. Default: the same.
 */
export async function bootTwice<Report>({
    scene,
    options,
    again = options,
    until,
    check,
}: {
    readonly scene: Scene;
    readonly options: BootOptions;
    readonly again?: BootOptions;
    readonly until: (machine: BootedMachine, scene: Scene) => Promise<Report>;
    readonly check: (up: Up<Report>) => Promise<void>;
}): Promise<void> {
    const first = await scene.boot(options);
    await check({ machine: first, report: await until(first, scene), scene, time: 'first' });
    const before = await first.image.owner();
    expect(before, 'who holds the lock').toBeDefined();
    await first.cutPower();
    const machine = await scene.boot(again);
    const report = await until(machine, scene);
    const after = await machine.image.owner();
    expect(after?.instance, 'who holds the lock').not.toBe(before?.instance);
    expect(await machine.image.blocklist()).toContain(before?.instance);
    await check({ machine, report, scene, time: 'after a power cut' });
}
