import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { needsAll } from './broker.ts';
import { projectDirectory } from './build-directory.ts';
import { capacity } from './capacity.ts';
import { type PlannedScenario, readManifest } from './manifest.ts';
import { usualMinutes } from './scenario-plan.ts';

/**
 * Files of scenarios in the order in which they begin: those that may take longest first, since a run
 * is not over before them; at the end those with scenarios that need the lab for themselves, whose
 * process would only wait until then. Other files keep their order.
 *
 * @param room how many machines may have power at the same time.
 */
export function longestFirst<T>(
    files: readonly T[],
    plansOf: (file: T) => readonly Pick<PlannedScenario, 'cluster' | 'minutes' | 'together'>[],
    room: number,
): T[] {
    const rank = (file: T) => {
        const plans = plansOf(file);
        const waits = plans.some(({ cluster, together = 1 }) =>
            needsAll({ last: cluster === 'alone', machines: together }, room),
        );
        return waits ? 0 : Math.max(...plans.map(({ minutes = usualMinutes }) => minutes), 0);
    };
    return files.toSorted((one, other) => rank(other) - rank(one));
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
