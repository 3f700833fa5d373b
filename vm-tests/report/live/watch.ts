import type { HistoryEntry } from '../history.ts';
import type { ProgressEvent } from './channel.ts';
import { advance, type Course, type ScenarioCourse } from './course.ts';
import { clock, endLine, type Standing, standingLine, workingLine } from './lines.ts';
import { type Ahead, timeLeft } from './time-left.ts';

/** A scenario that is to run. */
export type Planned = Omit<Ahead, 'elapsed'>;

export interface WatchPlan {
    readonly planned: readonly Planned[];
    readonly history: readonly HistoryEntry[];
    /** How many machines may have power at the same time. */
    readonly room: number;
    /** When the run began, as of `now`. */
    readonly began: number;
    /** Takes a line that stays. */
    readonly say: (line: string, how: 'plain' | 'good' | 'bad') => void;
}

/** Says what becomes of the scenarios of a run. */
export interface Watch {
    /** Takes what happened, and says what is to be said at this time. */
    readonly take: (events: readonly ProgressEvent[], at: number) => void;
    readonly standing: (at: number) => string;
    /** At the end: what began and did not end. */
    readonly unfinished: () => readonly string[];
}

/** A scenario says something at least this often, in milliseconds. */
const sayEvery = 10_000;

/**
 * Follows a run: a line when a scenario begins and when it ends, and one at least every 10 s of each
 * that runs, with the phase of its machines and when they last gave a sign of life.
 */
export function startWatch({ began, history, planned, room, say }: WatchPlan): Watch {
    let course: Course = new Map();
    const lastSaid = new Map<string, number>();
    const known = new Set(planned.map(({ id }) => id));
    const width = Math.max(...planned.map(({ id }) => id.length), 4);
    const told = (
        id: string,
        text: string,
        at: number,
        how: Parameters<typeof say>[1] = 'plain',
    ) => {
        lastSaid.set(id, at);
        say(`${clock((at - began) / 1000).padStart(7)}  ${id.padEnd(width)}  ${text}`, how);
    };
    const standing = (at: number) => standingLine(standingOf(course, planned, history, room, at));
    const react = (event: ProgressEvent, at: number) => {
        const scenario = course.get(event.id);
        if (event.kind === 'begins') {
            told(event.id, `begins: ${event.title}`, event.at);
        } else if (event.kind === 'fault') {
            told(event.id, `${event.machine}: fault ${event.what}`, event.at);
        } else if (event.kind === 'ends' && scenario !== undefined) {
            told(
                event.id,
                endLine(scenario),
                event.at,
                event.outcome === 'passed' ? 'good' : 'bad',
            );
            for (const [what, value] of event.measured ?? []) {
                told(event.id, `${what}: ${value}`, event.at);
            }
            if (event.bundle !== undefined) {
                told(
                    event.id,
                    `all that is known of it: ${event.bundle}/summary.md`,
                    event.at,
                    'bad',
                );
            }
            told('', standing(at), event.at);
        }
    };
    return {
        standing,
        take: (events, at) => {
            // A scenario about the lab itself may have some of its own.
            for (const event of events.filter(({ id }) => known.has(id))) {
                course = advance(course, event);
                react(event, at);
            }
            for (const scenario of runningIn(course)) {
                if (at - (lastSaid.get(scenario.id) ?? scenario.began) >= sayEvery) {
                    told(scenario.id, workingLine(scenario, at), at);
                }
            }
        },
        unfinished: () => runningIn(course).map(({ id }) => id),
    };
}

function runningIn(course: Course): readonly ScenarioCourse[] {
    return [...course.values()].filter(({ end }) => end === undefined);
}

function standingOf(
    course: Course,
    planned: readonly Planned[],
    history: readonly HistoryEntry[],
    room: number,
    at: number,
): Standing {
    const ended = [...course.values()].flatMap(({ end }) => end ?? []);
    const ahead = planned
        .filter(({ id }) => course.get(id)?.end === undefined)
        .map((one) => {
            const began = course.get(one.id)?.began;
            return began === undefined ? one : { ...one, elapsed: (at - began) / 1000 };
        });
    const left = timeLeft(ahead, history, room);
    return {
        planned: planned.length,
        done: ended.length,
        failed: ended.filter(({ outcome }) => outcome === 'failed').length,
        running: runningIn(course).length,
        ...(left === undefined ? {} : { left }),
    };
}
