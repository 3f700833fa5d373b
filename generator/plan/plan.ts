import type { ShellFunction, Variable } from '../sh/ast.ts';
import { defineFunction, variable } from '../sh/build.ts';
import { createNames } from '../sh/names.ts';
import type { BootEnvironment } from './environment.ts';
import { voiceOf } from './report.ts';
import type { Step } from './step.ts';

/** A finished plan: one function a step, in boot order. */
export interface BootPlan {
    readonly steps: readonly { readonly name: string; readonly function: ShellFunction }[];
    /** Variables that steps hand to one another; all start out empty. */
    readonly globals: readonly Variable[];
}

export interface PlanBuilder {
    /** Records the step as the next one and gives out its token. */
    step<Output>(step: Step<Output>): Output;
}

/** Runs the author's function and keeps the steps that it records, in that order. */
export function buildPlan(
    environment: BootEnvironment,
    author: (plan: PlanBuilder) => unknown,
): BootPlan {
    const names = createNames();
    const globals: Variable[] = [];
    const steps: { name: string; function: ShellFunction }[] = [];
    author({
        step<Output>({ name, contract, boot }: Step<Output>): Output {
            const own = names.locals();
            const locals: Variable[] = [];
            const { statements, achieved } = boot({
                ...voiceOf(name),
                environment,
                global: (hint) => remember(globals, variable(names.global(hint), 'script')),
                local: (hint) => remember(locals, variable(own.local(hint), 'local')),
            });
            const functionName = names.global(`step_${name.replaceAll('-', '_')}`);
            const described = [`Step ${name}: ${contract[0] ?? ''}`, ...contract.slice(1)];
            steps.push({
                name,
                function: defineFunction(functionName, described, statements, locals),
            });
            // The one place where tokens are made: the brand exists in the types alone.
            return Object.freeze(achieved) as Output;
        },
    });
    return Object.freeze({ steps, globals });
}

function remember(all: Variable[], one: Variable): Variable {
    all.push(one);
    return one;
}
