import type { Statement, Variable } from '../sh/ast.ts';
import type { BootEnvironment } from './environment.ts';
import type { StepVoice } from './report.ts';
import type { Achievement } from './token.ts';

/** What a step's author works with. */
export interface StepScope extends StepVoice {
    readonly environment: BootEnvironment;
    /** A variable that later steps may read, by the token. @param hint its name if that is free. */
    global(hint: string): Variable;
    /** A variable of this step's function alone. */
    local(hint: string): Variable;
}

/** A step with its input: a plan's `step` records it and gives out its token. */
export interface Step<Output> {
    /** Kebab-case: it stands in the emitted script, in messages and in the docs. */
    readonly name: string;
    /** What it does, needs and sets, for the comment above its function, a line an entry. */
    readonly contract: readonly string[];
    readonly boot: (scope: StepScope) => {
        readonly statements: readonly Statement[];
        readonly achieved: Achievement<Output>;
    };
}

export interface StepDefinition<Input, Output> {
    readonly contract: readonly string[];
    readonly boot: (
        scope: StepScope,
        input: Input,
    ) => { readonly statements: readonly Statement[]; readonly achieved: Achievement<Output> };
}

/**
 * Defines a step: a function from its input, tokens of earlier steps included, to something that
 * a plan can record.
 */
export function defineStep<Input, Output>(
    name: string,
    definition: StepDefinition<Input, Output>,
): (input: Input) => Step<Output> {
    return (input) => ({
        name,
        contract: definition.contract,
        boot: (scope) => definition.boot(scope, input),
    });
}
