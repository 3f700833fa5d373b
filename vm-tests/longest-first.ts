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
    const places = files.map((file) => {
        const plans = plansOf(file);
        const waits = plans.some(({ cluster, together = 1 }) =>
            needsAll({ last: cluster === 'alone', machines: together }, room),
        );
        const own = plans.some(({ cluster }) => cluster === 'own');
        const minutes = Math.max(...plans.map((plan) => plan.minutes ?? usualMinutes), 0);
        return { file, turn: waits ? 2 : own ? 0 : 1, minutes };
    });
    places.sort((one, other) => one.turn - other.turn || other.minutes - one.minutes);
    return places.map(({ file }) => file);
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
