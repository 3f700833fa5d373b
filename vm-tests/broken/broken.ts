import type { BootedMachine } from '../booted-machine.ts';
import { type Scene, scenario } from '../scenario.ts';
import type { ExpectedVerdict, ScenarioPlan } from '../scenario-plan.ts';
import type { BootOptions } from '../scene.ts';
import { judge } from '../verdict.ts';

/** A machine that is broken on purpose, and what the lab must make of it. */
export interface BrokenPlan
    extends Pick<ScenarioPlan, 'id' | 'title' | 'tier' | 'cluster'>,
        ExpectedVerdict {
    /** Default: the first of those that are there for this. */
    readonly machine?: `fleet/broken-${number}`;
}

/** Far more than any verdict may take: a lab that needs it has found nothing. */
const patience = 400;

/** Takes a machine for one that is up by all that a scenario can ask. */
export async function comesUp({ lab }: Scene, machine: BootedMachine): Promise<void> {
    const report = await machine.up(patience);
    await judge({ cluster: lab.cluster, host: machine.host }, report);
}

/**
 * A scenario about the lab itself. A machine is broken; what is done with it is what a scenario does
 * whose machine comes up; and it passes when the lab says of it what it should, in good time.
 *
 * @param breaks makes the change that breaks it.
 * @param expects what a scenario asks of a machine that works. Default: {@link comesUp}.
 */
export function broken(
    plan: BrokenPlan,
    breaks: (scene: Scene) => Promise<BootOptions> | BootOptions,
    expects: (scene: Scene, machine: BootedMachine) => Promise<unknown> = comesUp,
): void {
    const { machine: name = 'fleet/broken-1', says, verdict, within, ...rest } = plan;
    const outcome = { verdict, says, within };
    scenario({ ...rest, machines: [name], lane: 'direct', outcome }, async (scene) => {
        await expects(scene, await scene.boot(await breaks(scene)));
    });
}
