import {
    type Diagnostic,
    failure,
    type Location,
    type Outcome,
    success,
} from '../diagnostics/diagnostic.ts';
import type { ShellFunction, Variable } from '../sh/ast.ts';
import { defineFunction, variable } from '../sh/build.ts';
import { createNames, type ScriptNames } from '../sh/names.ts';
import { callSite } from './call-site.ts';
import { failShutdown, verb } from './end-machine.ts';
import type { BootEnvironment } from './environment.ts';
import { parameter, parameterSource } from './find-parameter.ts';
import { failureFunction, voiceOf } from './report.ts';
import { settle } from './settle.ts';
import type { HelperDefinition, Step } from './step.ts';
import { field, fields } from './take-field.ts';
import { readWhileTelling } from './tell-reads.ts';
import { teller } from './teller.ts';
import { createTokenRegister, type Phase, type TokenRegister } from './token-origin.ts';

/** A recorded step: its function, and where it came from. */
export interface PlannedStep {
    readonly name: string;
    readonly function: ShellFunction;
    /** Further functions of this step alone, which its function calls. */
    readonly helpers: readonly ShellFunction[];
    /** The keys of the host in the configuration that it prints. */
    readonly keys: readonly string[];
    /** Where an author recorded it; absent in the standard plan. */
    readonly location?: Location;
}

/** The steps of one phase: one function a step, in boot order. */
export interface ScriptPlan {
    readonly steps: readonly PlannedStep[];
    /** Variables that steps hand to one another; all start out empty. */
    readonly globals: readonly Variable[];
}

export type BootPlan = { readonly [Key in Phase]: ScriptPlan };

export interface StepRecorder {
    /** Records the step as the next one and gives out its token. */
    step<Output>(step: Step<Output>): Output;
}

/**
 * Records steps that run before root is mounted; `afterRoot`, those between that and switch_root;
 * `atShutdown`, those that run when the real system has ended, from a root in memory.
 */
export interface PlanBuilder extends StepRecorder {
    readonly afterRoot: StepRecorder;
    readonly atShutdown: StepRecorder;
}

/**
 * Runs the author's function and keeps the steps that it records, in that order.
 *
 * What the types of tokens cannot see is said here, with the author's line: RB120 for a token of
 * another plan, RB121 for one of another script, RB122 for one that a step has ended.
 */
export function buildPlan(
    environment: BootEnvironment,
    author: (plan: PlanBuilder) => unknown,
): Outcome<BootPlan> {
    const identity = {};
    const fail = failureFunction(environment);
    const tokens = createTokenRegister();
    const diagnostics: Diagnostic[] = [];
    const record = (phase: Phase): ReturnType<typeof createRecorder> =>
        createRecorder({
            environment,
            fail: phase === 'at-shutdown' ? failShutdown : fail,
            identity,
            phase,
            tokens,
            diagnostics,
        });
    const before = record('before-root');
    const after = record('after-root');
    const shutdown = record('at-shutdown');
    author({
        step: before.step,
        afterRoot: { step: after.step },
        atShutdown: { step: shutdown.step },
    });
    return diagnostics.length > 0
        ? failure(...diagnostics)
        : success(
              Object.freeze({
                  'before-root': before.script,
                  'after-root': after.script,
                  'at-shutdown': shutdown.script,
              }),
          );
}

interface Recording {
    readonly environment: BootEnvironment;
    readonly fail: ShellFunction;
    readonly identity: object;
    readonly phase: Phase;
    readonly tokens: TokenRegister;
    readonly diagnostics: Diagnostic[];
}

function createRecorder(recording: Recording): StepRecorder & { readonly script: ScriptPlan } {
    const { environment, fail, identity, phase, tokens, diagnostics } = recording;
    const names = createNames();
    for (const { name } of [parameter, parameterSource, field, fields, teller, verb]) {
        names.global(name);
    }
    const globals: Variable[] = [];
    const steps: PlannedStep[] = [];
    return {
        script: { steps, globals },
        step<Output>({ name, contract, keys, input, ends, boot }: Step<Output>): Output {
            const location = callSite(new Error().stack);
            const where = location === undefined ? {} : { location };
            for (const value of valuesIn(input)) {
                const misuse = tokens.misuse(value, name, identity, phase);
                if (misuse !== undefined) {
                    diagnostics.push({ severity: 'error', ...misuse, ...where });
                }
            }
            const own = names.locals();
            const locals: Variable[] = [];
            const helpers: ShellFunction[] = [];
            const voice = voiceOf(name, fail);
            const local = (hint: string): Variable =>
                remember(locals, variable(own.local(hint), 'local'));
            const { statements, achieved } = boot({
                ...voice,
                environment,
                local,
                global: (hint) => remember(globals, variable(names.global(hint), 'script')),
                reading: (device, body) => readWhileTelling(name, device, body),
                helper: (definition) => remember(helpers, defineHelper(names, definition)),
                settle: (setting, wanted) => settle(voice, setting, wanted, local),
            });
            const functionName = names.global(`step_${name.replaceAll('-', '_')}`);
            const described = [`Step ${name}: ${contract[0] ?? ''}`, ...contract.slice(1)];
            steps.push({
                name,
                function: defineFunction(functionName, described, statements, locals),
                helpers,
                keys,
                ...where,
            });
            for (const token of ends) {
                tokens.end(token, name);
            }
            // The one place where tokens are made: the brand exists in the types alone.
            const token = Object.freeze({ ...achieved });
            tokens.record(token, { plan: identity, phase, step: name });
            return token as Output;
        },
    };
}

function defineHelper(
    names: ScriptNames,
    { name: hint, takes, contract: [first, ...others], body }: HelperDefinition,
): ShellFunction {
    const name = names.global(hint);
    const own = names.locals();
    const locals: Variable[] = [];
    const statements = body((wanted) => remember(locals, variable(own.local(wanted), 'local')));
    const call = takes === undefined ? name : `${name} ${takes}`;
    return defineFunction(name, [`${call}: ${first}`, ...others], statements, locals);
}

/** The objects directly in a step's input, where its tokens are. */
function valuesIn(input: unknown): readonly object[] {
    const values = typeof input === 'object' && input !== null ? Object.values(input) : [];
    return values.filter((value) => typeof value === 'object' && value !== null);
}

function remember<One>(all: One[], one: One): One {
    all.push(one);
    return one;
}
