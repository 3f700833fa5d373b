import type { Location } from '../diagnostics/diagnostic.ts';
import type { ScriptPlan } from '../plan/plan.ts';

/** The lines of an emitted script that belong to one step. */
export interface StepSpan {
    /** The script, as in `EmittedFile`. */
    readonly path: string;
    readonly step: string;
    /** Counted from 1: the comment above the step's function. */
    readonly firstLine: number;
    /** The `}` that ends the function. */
    readonly lastLine: number;
    /** The keys of the host that the step prints. */
    readonly keys: readonly string[];
    /** Where the author of a plan recorded the step. */
    readonly location?: Location;
}

/** Finds the functions of the steps in the printed text, where each begins and ends a line. */
export function stepSpans(path: string, text: string, plan: ScriptPlan): readonly StepSpan[] {
    const lines = text.split('\n');
    return plan.steps.flatMap(({ name, keys, location, function: own, helpers }) =>
        [own, ...helpers].map((one) => {
            const head = lines.indexOf(`${one.name}() {`);
            let first = head;
            while (lines[first - 1]?.startsWith('#')) {
                first -= 1;
            }
            return {
                path,
                step: name,
                firstLine: first + 1,
                lastLine: lines.indexOf('}', head) + 1,
                keys,
                ...(location === undefined ? {} : { location }),
            };
        }),
    );
}
