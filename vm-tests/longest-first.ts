import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { needsAll } from './broker.ts';
import { projectDirectory } from './build-directory.ts';
import { capacity } from './capacity.ts';
import { type PlannedScenario, readManifest } from './manifest.ts';
import { usualMinutes } from './scenario-plan.ts';

/**
 * Files of scenarios in the order in which they begin. First those with scenarios that have a cluster
 * of their own, which go through it one by one while others boot beside; at the end those with
 * scenarios that need the lab for themselves, whose process would only wait until then. Among each,
 * those that may take longest come first, since a run is not over before them. Other files keep their
 * order.
 *
 * @param room how many machines may have power at the same time.
 */
export function longestFirst<T>(
    files: readonly T[],
    plansOf: (file: T) => readonly Pick<PlannedScenario, 'cluster' | 'minutes' | 'together'>[],
    room: number,
): T[] {
    const turn = (file: T) => {
        const plans = plansOf(file);
        const waits = plans.some(({ cluster, together = 1 }) =>
            needsAll({ last: cluster === 'alone', machines: together }, room),
        );
        const own = plans.some(({ cluster }) => cluster === 'own');
        return waits ? 2 : own ? 0 : 1;
    };
    const minutes = (file: T) =>
        Math.max(...plansOf(file).map((plan) => plan.minutes ?? usualMinutes), 0);
    return files.toSorted((one, other) => turn(one) - turn(other) || minutes(other) - minutes(one));
}

/** Vitest takes it from its configuration. */
export class LongestFirst extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const all = readManifest();
        const plansOf = ({ moduleId }: TestSpecification) =>
            all.filter(({ file }) => file === relative(projectDirectory, moduleId));
        return longestFirst(await super.sort(files), plansOf, capacity());
    }
}
