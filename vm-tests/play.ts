import { classOfFailure } from './bundle/conclude.ts';
import { watchForCrashes } from './cluster/crashes.ts';
import { bundleOf, describeFailure, type Ending, writeDown } from './conclude-scenario.ts';
import { beginCourse, type Course, endFaults, takeDown } from './course.ts';
import { type Failure, resultOf, type Verdict } from './expected-verdict.ts';
import { expectBothBoots, expectNoLeak, expectOutcome } from './hold-to.ts';
import { inTime } from './in-time.ts';
import { now } from './journal.ts';
import { keepFailed, keepsFailed } from './keep/keep-failed.ts';
import type { Lab } from './lab.ts';
import { openLab } from './lab-file.ts';
import { expectNothingUnexpected } from './qemu/console-watch.ts';
import { screenshot } from './qemu/screenshot.ts';
import { quarantine } from './quarantine.ts';
import { quarantined } from './quarantine-rules.ts';
import { openProgress, progressDirectory } from './report/live/channel.ts';
import { wishOf } from './reservation.ts';
import { reserve } from './reserve.ts';
import { type ScenarioPlan, usualMinutes } from './scenario-plan.ts';
import { type Scene, sceneOf } from './scenario-scene.ts';
import { expectStillUp } from './still-up.ts';

/** Plays a scenario as soon as all that it needs is free, and keeps a record of it. */
export async function play(
    plan: ScenarioPlan,
    act: (scene: Scene) => Promise<void>,
): Promise<void> {
    const lab = await openLab();
    const release = await reserve(await wishOf(lab, plan));
    const progress = openProgress(progressDirectory(lab), plan.id);
    const course = beginCourse(lab.credential.key, progress);
    const started = new Date();
    const conclude = async (ending: Ending) => {
        await writeDown(plan, course, started, ending);
        progress.ends({ ...ending, measured: course.measured });
    };
    try {
        progress.begins(plan.title);
        const verdict = await verdictOn(plan, lab, course, act);
        // A bundle asks the cluster, which may be at fault.
        await endFaults(course);
        const failed = resultOf(plan.outcome, verdict, lab.accelerator.slowness);
        if (failed === undefined) {
            await Promise.all(course.machines.map(screenshot));
            await conclude({ outcome: 'passed' });
            return;
        }
        const failure = await describeFailure(lab, plan, course, failed);
        if (keepsFailed) {
            const say = (line: string) => process.stdout.write(`${line}\n`);
            say(failure.message);
            await keepFailed(course.machines, say);
        }
        const known = quarantined(quarantine, plan.id);
        await conclude({
            outcome: 'failed',
            class: failure.failureClass,
            message: failed.error.message,
            bundle: bundleOf(plan),
            ...(known === undefined ? {} : { quarantined: known }),
        });
        if (known === undefined) {
            throw failure;
        }
    } finally {
        await takeDown(course);
        release();
    }
}

/** Plays a scenario, and holds it to what each has to hold to. Never throws. */
async function verdictOn(
    plan: ScenarioPlan,
    lab: Lab,
    course: Course,
    act: (scene: Scene) => Promise<void>,
): Promise<Verdict> {
    const judged = (failure?: Failure): Verdict => {
        const begun = course.machines[0]?.poweredOn ?? now();
        return { ...(failure === undefined ? {} : { failure }), seconds: (now() - begun) / 1000 };
    };
    try {
        const crashes = await watchForCrashes(lab.logs);
        const work = act(sceneOf(lab, plan, course));
        await within(
            plan.minutes ?? usualMinutes,
            lab,
            Promise.race([work, course.breakdown.happened]),
        );
        await expectStillUp(course.machines, lab.accelerator.slowness);
        expectNothingUnexpected(course.machines);
        await crashes.expectNone();
        await expectNoLeak(lab, course);
        expectOutcome(plan, course);
        expectBothBoots(plan, course);
        for (const faults of course.faults) {
            faults.expectAllCame();
        }
        return judged();
    } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        return judged({ class: classOfFailure(course.machines, error), error });
    }
}

async function within<T>(minutes: number, { accelerator }: Lab, work: Promise<T>): Promise<T> {
    const limit = minutes * accelerator.slowness;
    return inTime(limit * 60, work, `not over after ${limit.toFixed(0)} minutes`);
}
