import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { BootedMachine } from './booted-machine.ts';
import { blocklist } from './cluster/truth.ts';
import { play, type Scene } from './play.ts';
import type { GuestReport } from './qemu/report.ts';
import { checkPlan, type ScenarioPlan } from './scenario-plan.ts';
import type { BootOptions } from './scene.ts';

export type { Scene } from './play.ts';

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

/** A machine that is up: for the first time, or again after its power was cut. */
export interface Up {
    readonly machine: BootedMachine;
    readonly report: GuestReport;
    readonly scene: Scene;
    readonly time: 'first' | 'after a power cut';
}

/** Seconds from power-on to the multi-user target, with the wait for a lock that a dead machine left. */
const patience = 240;

/**
 * A scenario in which a machine comes up. It boots; its power is cut; it boots again, past the lock
 * that its dead self still has: most failures of the field show at the second boot alone.
 *
 * @param check what must be so, both times.
 * @param options how it boots.
 */
export function boots(
    plan: Omit<ScenarioPlan, 'outcome' | 'once'>,
    check: (up: Up) => Promise<void>,
    options: BootOptions = {},
): void {
    scenario({ ...plan, outcome: 'up' }, async (scene) => {
        const first = await scene.boot(options);
        await check({ machine: first, report: await first.up(patience), scene, time: 'first' });
        const before = await first.image.owner();
        await first.cutPower();
        const second = await scene.boot(options);
        const report = await second.up(patience);
        const after = await second.image.owner();
        if (before !== undefined) {
            expect(after?.instance, 'who holds the lock').not.toBe(before.instance);
            expect(await blocklist(scene.lab.cluster)).toContain(before.instance);
        }
        await check({ machine: second, report, scene, time: 'after a power cut' });
    });
}
