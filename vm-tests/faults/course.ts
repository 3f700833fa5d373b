import { now } from '../journal.ts';
import type { FaultTarget, Undo } from './fault.ts';
import type { ScheduledFault } from './schedule.ts';

/** What becomes of one fault. */
export interface Course {
    /** The machine has come to this phase, for the first time. */
    readonly phase: (name: string) => void;
    /** The machine has ended. */
    readonly machineEnded: () => void;
    /** Takes the fault back if it still is. Never rejects. */
    readonly end: () => Promise<void>;
    /** What did not come as it was planned, if something did not. */
    readonly missed: () => string | undefined;
}

type State =
    | { readonly is: 'waiting' }
    | { readonly is: 'delayed'; readonly timer: NodeJS.Timeout }
    | { readonly is: 'begun'; readonly at: number; readonly timer?: NodeJS.Timeout }
    | { readonly is: 'over' }
    /** It did not come as planned, and nothing can change that any more. */
    | { readonly is: 'missed'; readonly why: string };

/**
 * Follows a fault from the power-on of its machine. A fault of the lab goes on without the machine
 * as long as it is to last; one of the machine is gone with that.
 *
 * @param say is told when it begins and when it ends.
 */
export function courseOf(
    { delay, end, fault, phase: first }: ScheduledFault,
    target: FaultTarget,
    say: (state: 'begins' | 'ends') => void,
): Course {
    let state: State = { is: 'waiting' };
    let beginning: Promise<Undo | undefined> = Promise.resolve(undefined);
    let ending: Promise<void> = Promise.resolve();

    const failed = (what: string) => (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        state = { is: 'missed', why: `could not ${what}: ${reason}` };
        return undefined;
    };
    const finish = () => {
        if (state.is !== 'begun') {
            return;
        }
        clearTimeout(state.timer);
        state = { is: 'over' };
        ending = beginning
            .then((undo) => undo?.())
            .then(() => say('ends'))
            .catch(failed('end'));
    };
    const begin = () => {
        say('begins');
        if (fault.kind === 'final') {
            state = { is: 'over' };
            beginning = fault.strike(target).then(() => undefined, failed('begin'));
            return;
        }
        const timer =
            end !== undefined && 'seconds' in end
                ? { timer: setTimeout(finish, end.seconds * 1000) }
                : {};
        state = { is: 'begun', at: now(), ...timer };
        beginning = fault.begin(target).catch(failed('begin'));
    };

    return {
        phase(name) {
            if (state.is === 'begun' && end !== undefined && 'phase' in end && end.phase === name) {
                finish();
            } else if (state.is === 'waiting' && name === first) {
                state = { is: 'delayed', timer: setTimeout(begin, delay * 1000) };
                if (delay === 0) {
                    clearTimeout(state.timer);
                    begin();
                }
            }
        },
        machineEnded() {
            if (state.is === 'delayed') {
                clearTimeout(state.timer);
                const why = `never began: the machine ended before ${delay} s of "${first}" were over`;
                state = { is: 'missed', why };
            } else if (state.is === 'begun' && fault.kind === 'lasting' && fault.inMachine) {
                clearTimeout(state.timer);
                const lasted = ((now() - state.at) / 1000).toFixed(1);
                const why = `was to end, and the machine ended first, after ${lasted} s of it`;
                state = end === undefined ? { is: 'over' } : { is: 'missed', why };
                say('ends');
            }
        },
        async end() {
            if (state.is === 'delayed') {
                clearTimeout(state.timer);
            }
            finish();
            await beginning;
            await ending;
        },
        missed() {
            if (state.is === 'missed') {
                return state.why;
            }
            if (state.is === 'waiting') {
                return `never began: "${first}" never came`;
            }
            if (state.is === 'delayed') {
                return `never began: ${delay} s of "${first}" were not over`;
            }
            if (state.is === 'begun' && end !== undefined) {
                const seconds = ((now() - state.at) / 1000).toFixed(1);
                return 'phase' in end
                    ? `was to end, and has not: "${end.phase}" never came`
                    : `was to end after ${end.seconds} s, and the scenario was over after ${seconds} s of it`;
            }
            return undefined;
        },
    };
}
