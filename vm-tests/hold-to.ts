// What every scenario is held to, whatever it looks at itself.
import { findLeaks } from './canary.ts';
import type { Course } from './course.ts';
import { filesIn } from './files-in.ts';
import type { Lab } from './lab.ts';
import { againstOutcome } from './outcome.ts';
import { asShown } from './qemu/capture.ts';
import { BootFailure } from './report/failure-class.ts';
import type { ScenarioPlan } from './scenario-plan.ts';

/** No key of the scenario was printed anywhere. */
export async function expectNoLeak(lab: Lab, { keys, machines }: Course): Promise<void> {
    for (const directory of [lab.logs, ...machines.map((machine) => machine.directory)]) {
        const files = Object.entries(await filesIn(directory)).map(
            ([file, contents]) => [file, asShown(file, contents)] as const,
        );
        const leaks = findLeaks(Object.fromEntries(files), keys);
        if (leaks.length > 0) {
            const places = leaks.map(({ file, form }) => `${file} (${form})`);
            throw new BootFailure('secret', `a key was printed: ${places.join(', ')}`);
        }
    }
}

/** What a plan says of its machines was seen of one of them. */
export function expectOutcome({ outcome }: ScenarioPlan, { machines, met }: Course): void {
    const reason = againstOutcome(outcome, met, machines);
    if (reason !== undefined) {
        throw new Error(reason);
    }
}

/** A machine that comes up does so a second time, after its power was cut. */
export function expectBothBoots({ id, once, outcome }: ScenarioPlan, { machines }: Course): void {
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
