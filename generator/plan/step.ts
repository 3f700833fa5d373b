import type { ShellFunction, Statement, Variable } from '../sh/ast.ts';
import type { BootEnvironment } from './environment.ts';
import type { StepVoice } from './report.ts';
import type { Parameter, Setting } from './setting.ts';
import type { Settled } from './settle.ts';
import type { Achievement, BlockDevice } from './token.ts';

/** What a step's author works with. */
export interface StepScope extends StepVoice {
    readonly environment: BootEnvironment;
    /** A variable that later steps may read, by the token. @param hint its name if that is free. */
    global(hint: string): Variable;
    /** A variable of this step's function alone. */
    local(hint: string): Variable;
    /** A function that the step's own calls, for an idea that deserves a name. */
    helper(definition: HelperDefinition): ShellFunction;
    /**
     * Reads a device while every console is told if no OSD answers. None of the statements may end the
     * boot: decide that behind them.
     */
    reading(
        device: Pick<BlockDevice, 'mapped'>,
        statements: readonly Statement[],
    ): readonly Statement[];
    /** The word for a setting: a literal, or a variable that the statements have checked. */
    settle<T>(setting: Setting<T>, parameter: Parameter<T>): Settled;
}

/** A function of one step, which sees none of the step's local variables: it gets arguments. */
export interface HelperDefinition {
    /** Its name if that is free: `find_device`. */
    readonly name: string;
    /** Its arguments, in capitals: `POOL IMAGE`. @defaultValue none */
    readonly takes?: string;
    /** What it does, sets and returns, for the comment above it, a line an entry. */
    readonly contract: readonly [string, ...string[]];
    /** @param local makes a variable of this function alone. */
    readonly body: (local: (hint: string) => Variable) => readonly Statement[];
}

/** What a step comes to in a script. */
export interface StepResult<Output> {
    readonly statements: readonly Statement[];
    /** What the step's token carries. */
    readonly achieved: Achievement<Output>;
}

/** A step with its input: a plan's `step` records it and gives out its token. */
export interface Step<Output> {
    /** Kebab-case: it stands in the emitted script, in messages and in the docs. */
    readonly name: string;
    /** What it does, needs and sets, for the comment above its function, a line an entry. */
    readonly contract: readonly string[];
    /** The keys of a host in the configuration whose values it prints: `['mac', 'address']`. */
    readonly keys: readonly string[];
    /** Tokens among the input's values are checked when the step is recorded. */
    readonly input: unknown;
    /** Tokens that hold no more once the step has run. */
    readonly ends: readonly object[];
    readonly boot: (scope: StepScope) => StepResult<Output>;
}

export interface StepDefinition<Input, Output> {
    readonly contract: readonly string[];
    /** The keys of a host in the configuration whose values it prints. @defaultValue none */
    readonly keys?: readonly string[];
    /** The tokens of the input that the step puts an end to, as unmapping does to a device. */
    readonly ends?: (input: Input) => readonly object[];
    readonly boot: (scope: StepScope, input: Input) => StepResult<Output>;
}

/**
 * Defines a step: a function from its input, tokens of earlier steps included, to something that
 * a plan can record.
 *
 * @throws RangeError if the name is not kebab-case.
 */
export function defineStep<Input, Output>(
    name: string,
    definition: StepDefinition<Input, Output>,
): (input: Input) => Step<Output> {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
        throw new RangeError(`${JSON.stringify(name)} is no name for a step: write it-like-this`);
    }
    return (input) => ({
        name,
        contract: definition.contract,
        keys: definition.keys ?? [],
        input,
        ends: definition.ends?.(input) ?? [],
        boot: (scope) => definition.boot(scope, input),
    });
}
