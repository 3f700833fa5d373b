import type { ShellFunction, Statement, Variable } from './ast.ts';
import { type Place, walkBody } from './walk-body.ts';

/** What one body does by itself, without the functions that it calls. */
export interface Facts {
    readonly uses: ReadonlySet<Variable>;
    readonly assigns: ReadonlySet<Variable>;
    readonly calls: readonly { readonly function: ShellFunction; readonly place: Place }[];
    readonly programs: ReadonlySet<string>;
    /** `set -e` has to be in force around it. */
    readonly stops: boolean;
    /** One of these stands where `set -e` has no effect. */
    readonly stopsInVain: boolean;
    readonly returns: boolean;
    /** `break` or `continue` with no loop around it. */
    readonly leavesNoLoop: boolean;
    readonly setsStopOnError: boolean;
}

export function factsOf(statements: readonly Statement[]): Facts {
    const uses = new Set<Variable>();
    const assigns = new Set<Variable>();
    const programs = new Set<string>();
    const calls: { function: ShellFunction; place: Place }[] = [];
    const seen = {
        stops: false,
        stopsInVain: false,
        returns: false,
        leavesNoLoop: false,
        setsStopOnError: false,
    };
    walkBody(statements, {
        reads(parameter) {
            if (parameter.kind === 'variable') {
                uses.add(parameter);
            }
        },
        assigns(variable) {
            uses.add(variable);
            assigns.add(variable);
        },
        command(command, place) {
            if (command.kind === 'call-function') {
                calls.push({ function: command.function, place });
            } else if (command.kind === 'call-program') {
                programs.add(command.program.name);
            }
        },
        statement(statement, place) {
            const stops = 'onFailure' in statement && statement.onFailure.kind === 'stop';
            const leaves = statement.kind === 'leave' ? statement.how : undefined;
            seen.stops ||= stops;
            seen.stopsInVain ||= stops && place.tested;
            seen.returns ||= leaves === 'return';
            seen.leavesNoLoop ||= !place.inLoop && (leaves === 'break' || leaves === 'continue');
            seen.setsStopOnError ||= statement.kind === 'stop-on-error';
        },
    });
    return { uses, assigns, calls, programs, ...seen };
}
