import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../generator/model/site.ts';
import { type BootedMachine, describeMachine } from './booted-machine.ts';
import { buildDirectory } from './build-directory.ts';
import { classOfFailure, concludeFailure, repeatCommand } from './bundle/conclude.ts';
import { findLeaks } from './canary.ts';
import { watchForCrashes } from './cluster/crashes.ts';
import { type OwnClusterPlan, startOwnCluster } from './cluster/own.ts';
import type { Cluster } from './cluster/start.ts';
import { type Failure, resultOf, type Verdict } from './expected-verdict.ts';
import type { FaultWatch } from './faults/watch.ts';
import { filesIn } from './files-in.ts';
import { now } from './journal.ts';
import { keepFailed, keepsFailed } from './keep/keep-failed.ts';
import type { Lab } from './lab.ts';
import { openLab } from './lab-file.ts';
import { usualFirmware } from './network-start.ts';
import { againstOutcome } from './outcome.ts';
import { expectNothingUnexpected } from './qemu/console-watch.ts';
import { screenshot } from './qemu/screenshot.ts';
import { quarantine } from './quarantine.ts';
import { quarantined } from './quarantine-rules.ts';
import { BootFailure } from './report/failure-class.ts';
import { openProgress, type Progress, progressDirectory } from './report/live/channel.ts';
import { recordMachine, type ScenarioRecord, writeRecord } from './report/record.ts';
import { partsOf, wishOf } from './reservation.ts';
import { reserve } from './reserve.ts';
import type { MachineName, ScenarioPlan } from './scenario-plan.ts';
import { type BootOptions, bootIn } from './scene.ts';
import { hostIn } from './site.ts';
import { type OpenSite, openSite } from './sites/open-site.ts';
import type { SiteName } from './sites/recipes.ts';
import { expectStillUp } from './still-up.ts';

/** What a scenario works with. */
export interface Scene {
    readonly lab: Lab;
    /** Opens a configuration of `sites/`: its clients and its golden image are there afterwards. */
    readonly site: (name: SiteName) => Promise<OpenSite>;
    /** A machine of the scenario's plan. Default: its first. */
    readonly host: (machine?: MachineName) => Promise<Host>;
    /**
     * Gives a machine power. It has had none, or has lost it, before; at the first time in a
     * scenario its image is as it was at first.
     */
    readonly boot: (options?: BootOptions) => Promise<BootedMachine>;
    /**
     * Starts the cluster that the configuration of the scenario's first machine describes, for a plan
     * with `cluster: 'own'`: see {@link startOwnCluster}. It ends with the scenario; a daemon that ends
     * before, without having been told to, ends the scenario.
     */
    readonly ownCluster: (plan?: OwnClusterPlan) => Promise<Cluster>;
    /** Says that a key is secret: nothing that is printed until the end may have it. */
    readonly guard: (key: string) => void;
    /** Puts something into the report that was measured, in words: `'p95 of the map', '4.1 s'`. */
    readonly measured: (what: string, value: string) => void;
}

/** What has happened in a scenario so far. */
interface Course {
    readonly machines: BootedMachine[];
    readonly faults: FaultWatch[];
    readonly keys: string[];
    /** Machines whose image was made anew. */
    readonly fresh: Set<Host>;
    /** The cluster that the scenario has started for itself. */
    ownCluster?: Cluster;
    /** Whether a machine was seen to do what the plan says of it. */
    met: boolean;
    readonly breakdown: Breakdown;
    readonly measured: (readonly [what: string, value: string])[];
    readonly progress: Progress;
}

/** Something that the scenario stands on, and that may end under it. */
interface Breakdown {
    readonly happen: (error: Error) => void;
    /** Rejects when it has happened; never settles otherwise. */
    readonly happened: Promise<never>;
}

/** Plays a scenario as soon as all that it needs is free, and keeps a record of it. */
export async function play(
    plan: ScenarioPlan,
    act: (scene: Scene) => Promise<void>,
): Promise<void> {
    const lab = await openLab();
    const release = await reserve(await wishOf(lab, plan));
    const progress = openProgress(progressDirectory(lab), plan.id);
    const course: Course = {
        machines: [],
        faults: [],
        keys: [lab.credential.key],
        fresh: new Set(),
        met: false,
        breakdown: breakdown(),
        measured: [],
        progress,
    };
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
        await within(plan.minutes ?? 10, lab, Promise.race([work, course.breakdown.happened]));
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

function sceneOf(lab: Lab, plan: ScenarioPlan, course: Course): Scene {
    const site = async (name: SiteName) => {
        const open = await openSite(lab, name);
        course.keys.push(...open.credentials.map(({ key }) => key));
        return open;
    };
    const target = async (name = plan.machines[0]) => {
        if (name === undefined || !mayBoot(plan, name)) {
            throw new Error(`${plan.id} does not say that it boots ${name ?? 'a machine'}`);
        }
        if (name === 'reference') {
            return { host: lab.host };
        }
        const parts = partsOf(name);
        const open = await site(parts.site);
        return { host: hostIn(open.site, parts.host), open };
    };
    return {
        lab,
        site,
        host: async (name) => (await target(name)).host,
        guard: (key) => course.keys.push(key),
        measured: (what, value) => course.measured.push([what, value]),
        ownCluster: async (wanted = {}) => {
            const [first = 'reference'] = plan.machines;
            if (plan.cluster !== 'own' || first === 'reference' || course.ownCluster) {
                throw new Error(
                    `${plan.id} does not say that it starts a cluster, or has started it`,
                );
            }
            const cluster = await startOwnCluster(lab, await site(partsOf(first).site), wanted);
            course.ownCluster = cluster;
            cluster.broken.catch(course.breakdown.happen);
            return cluster;
        },
        boot: async (options = {}) => {
            const what = await target(options.machine);
            const fresh = !course.fresh.has(what.host);
            course.fresh.add(what.host);
            const name = `${plan.id}-${course.machines.length + 1}-${what.host.name}`;
            const started = await bootIn(lab, plan, what, options, { name, fresh });
            course.faults.push(started.faults);
            const cluster = course.ownCluster?.access ?? lab.cluster;
            const machine = describeMachine(started, what.host, cluster, {
                outcome: plan.outcome,
                slowness: lab.accelerator.slowness,
                met: () => {
                    course.met = true;
                },
            });
            course.machines.push(machine);
            course.progress.follows(machine);
            return machine;
        },
    };
}

function breakdown(): Breakdown {
    let happen: Breakdown['happen'] = () => {};
    const happened = new Promise<never>((_, reject) => {
        happen = reject;
    });
    happened.catch(() => {});
    return { happen: (error) => happen(error), happened };
}

/** Takes back what still goes wrong, the last first: others come after. */
async function endFaults({ faults }: Course): Promise<void> {
    for (const one of faults.toReversed()) {
        await one.end();
    }
}

/** Of a configuration that the scenario has to itself it may boot every machine. */
function mayBoot({ machines }: ScenarioPlan, name: MachineName): boolean {
    return (
        machines.includes(name) ||
        (name !== 'reference' && machines.includes(`${partsOf(name).site}/*`))
    );
}

async function within<T>(minutes: number, { accelerator }: Lab, work: Promise<T>): Promise<T> {
    const limit = minutes * accelerator.slowness;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
        const reason = new Error(`not over after ${limit.toFixed(0)} minutes`);
        timer = setTimeout(() => reject(reason), limit * 60_000);
    });
    try {
        return await Promise.race([work, over]);
    } finally {
        clearTimeout(timer);
    }
}

async function expectNoLeak(lab: Lab, { keys, machines }: Course): Promise<void> {
    for (const directory of [lab.logs, ...machines.map((machine) => machine.directory)]) {
        const leaks = findLeaks(await filesIn(directory), keys);
        if (leaks.length > 0) {
            const places = leaks.map(({ file, form }) => `${file} (${form})`);
            throw new BootFailure('secret', `a key was printed: ${places.join(', ')}`);
        }
    }
}

/** What a plan says of its machines was seen of one of them. */
function expectOutcome({ outcome }: ScenarioPlan, { machines, met }: Course): void {
    const reason = againstOutcome(outcome, met, machines);
    if (reason !== undefined) {
        throw new Error(reason);
    }
}

/** A machine that comes up does so a second time, after its power was cut. */
function expectBothBoots({ id, once, outcome }: ScenarioPlan, { machines }: Course): void {
    if (!id.startsWith('H') || outcome !== 'up' || once !== undefined) {
        return;
    }
    const names = machines.map(({ name }) => name);
    const alone = names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
    if (alone.length > 0) {
        throw new Error(
            `${[...new Set(alone)].join(', ')} booted once: a machine that comes up boots again after a power cut, or "once" says why not`,
        );
    }
}

async function describeFailure(
    lab: Lab,
    plan: ScenarioPlan,
    { fresh, keys, machines, ownCluster }: Course,
    { class: failureClass, error }: Failure,
): Promise<BootFailure> {
    const { SEED } = process.env;
    return concludeFailure({
        lab: ownCluster === undefined ? lab : { ...lab, cluster: ownCluster.access },
        machines,
        images: [...fresh].map(({ image }) => image),
        directory: resolve(bundleOf(plan)),
        title: `${plan.id} ${plan.title}`,
        error,
        failureClass,
        repeat: repeatCommand(plan.id, {
            accelerator: lab.accelerator.name,
            firmware: plan.firmware ?? usualFirmware,
            ...(SEED === undefined ? {} : { seed: SEED }),
        }),
        keys,
    });
}

/** Where the bundle of a scenario that fails is, from here. */
function bundleOf({ id }: ScenarioPlan): string {
    return relative(process.cwd(), join(buildDirectory().bundles, id));
}

/** Seconds after which what does not end is left to the end of the namespaces. */
const takeDownSeconds = 30;

/** Takes the power from all machines. Never rejects, and never takes long. */
async function takeDown(course: Course): Promise<void> {
    const { machines, ownCluster } = course;
    const all = endFaults(course)
        .then(() => Promise.allSettled(machines.map((machine) => machine.cutPower())))
        .then(() => ownCluster?.stop());
    const late = delay(takeDownSeconds * 1000, 'late', { ref: false });
    if ((await Promise.race([all.catch(() => {}), late])) === 'late') {
        const names = machines.map(({ name }) => name).join(', ');
        process.stderr.write(`not off after ${takeDownSeconds} s: one of ${names}\n`);
    }
}

/** How a scenario ended. */
type Ending = Pick<ScenarioRecord, 'outcome' | 'class' | 'message' | 'bundle' | 'quarantined'>;

async function writeDown(
    { firmware = usualFirmware, id, lane = 'network', outcome, tier, title }: ScenarioPlan,
    { keys, machines, measured }: Course,
    started: Date,
    ending: Ending,
): Promise<void> {
    const within = typeof outcome === 'object' && 'within' in outcome ? outcome.within : undefined;
    await writeRecord(buildDirectory().records, id, keys, {
        id,
        title,
        tier,
        lane,
        ...(lane === 'network' ? { firmware } : {}),
        ...(within === undefined ? {} : { within }),
        ...ending,
        startedAt: started.toISOString(),
        seconds: (Date.now() - started.getTime()) / 1000,
        machines: await Promise.all(machines.map(recordMachine)),
        ...(measured.length === 0 ? {} : { measured }),
    });
}
