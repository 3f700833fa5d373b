import { join, relative, resolve } from 'node:path';
import { buildDirectory } from './build-directory.ts';
import { concludeFailure, repeatCommand } from './bundle/conclude.ts';
import type { Course } from './course.ts';
import type { Failure } from './expected-verdict.ts';
import type { Lab } from './lab.ts';
import { usualFirmware } from './network-start.ts';
import type { BootFailure } from './report/failure-class.ts';
import { recordMachine, type ScenarioRecord, writeRecord } from './report/record.ts';
import type { ScenarioPlan } from './scenario-plan.ts';

/** Writes the bundle of a scenario that failed. @returns the failure, as it is shown. */
export async function describeFailure(
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
export function bundleOf({ id }: ScenarioPlan): string {
    return relative(process.cwd(), join(buildDirectory().bundles, id));
}

/** How a scenario ended. */
export type Ending = Pick<
    ScenarioRecord,
    'outcome' | 'class' | 'message' | 'bundle' | 'quarantined'
>;

/** Keeps the record of a scenario that has ended. */
export async function writeDown(
    { firmware = usualFirmware, id, lane = 'network', outcome, tier, title }: ScenarioPlan,
    { keys, machines, measured }: Course,
    started: Date,
    ending: Ending,
): Promise<void> {
    const { SEED } = process.env;
    const within = typeof outcome === 'object' && 'within' in outcome ? outcome.within : undefined;
    await writeRecord(buildDirectory().records, id, keys, {
        id,
        title,
        tier,
        lane,
        ...(lane === 'network' ? { firmware } : {}),
        ...(within === undefined ? {} : { within }),
        ...(SEED === undefined ? {} : { seed: SEED }),
        ...ending,
        startedAt: started.toISOString(),
        seconds: (Date.now() - started.getTime()) / 1000,
        machines: await Promise.all(machines.map(recordMachine)),
        ...(measured.length === 0 ? {} : { measured }),
    });
}
