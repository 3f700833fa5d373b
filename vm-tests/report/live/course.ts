import type { Phase } from '../../timeline.ts';
import type { ProgressEvent } from './channel.ts';

/** What is known of a machine while it has power, and after. Times as of `now`. */
export interface MachineCourse {
    readonly name: string;
    readonly poweredOn: number;
    readonly phases: readonly { readonly name: string; readonly at: number }[];
    readonly lastSign?: { readonly at: number; readonly source: string };
    readonly poweredOff?: number;
}

/** What is known of a scenario that has begun. */
export interface ScenarioCourse {
    readonly id: string;
    readonly title: string;
    readonly began: number;
    readonly machines: readonly MachineCourse[];
    readonly end?: Extract<ProgressEvent, { kind: 'ends' }>;
}

/** All scenarios that have begun, by their ids. */
export type Course = ReadonlyMap<string, ScenarioCourse>;

/** What is known after an event. */
export function advance(course: Course, event: ProgressEvent): Course {
    const { at, id } = event;
    const scenario = course.get(id) ?? { id, title: id, began: at, machines: [] };
    return new Map(course).set(id, advanceScenario(scenario, event));
}

function advanceScenario(scenario: ScenarioCourse, event: ProgressEvent): ScenarioCourse {
    switch (event.kind) {
        case 'begins':
            return { ...scenario, title: event.title, began: event.at };
        case 'ends':
            return { ...scenario, end: event };
        case 'power-on': {
            const machine = { name: event.machine, poweredOn: event.at, phases: [] };
            return { ...scenario, machines: [...scenario.machines, machine] };
        }
        default:
            return {
                ...scenario,
                machines: scenario.machines.map((machine) =>
                    machine.name === event.machine ? advanceMachine(machine, event) : machine,
                ),
            };
    }
}

function advanceMachine(machine: MachineCourse, event: ProgressEvent): MachineCourse {
    const { at } = event;
    switch (event.kind) {
        case 'phase': {
            const phases = [...machine.phases, { name: event.phase, at }];
            return { ...machine, phases };
        }
        case 'sign':
            return { ...machine, lastSign: { at, source: event.source } };
        case 'power-off':
            return { ...machine, poweredOff: at };
        default:
            return machine;
    }
}

/** The phases that a machine has ended, the longest first. */
export function longestPhases({ phases }: MachineCourse): readonly Required<Phase>[] {
    return phases
        .flatMap(({ at, name }, index) => {
            const next = phases[index + 1]?.at;
            return next === undefined ? [] : [{ name, at, took: (next - at) / 1000 }];
        })
        .sort((one, other) => other.took - one.took);
}
