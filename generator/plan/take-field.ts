import type { Statement, Variable } from '../sh/ast.ts';
import { assign, defineFunction, perform, variable } from '../sh/build.ts';
import { anyString, expand, pattern } from '../sh/word.ts';

/** What is left of the argument, each field with a colon behind it. A plan keeps this name for itself. */
export const fields = variable('fields', 'script');

/** The field that was taken last. A plan keeps this name for itself. */
export const field = variable('field', 'script');

const takeFieldFunction = defineFunction(
    'take_field',
    ['take_field: moves the first of the fields to field; an empty one where there are none.'],
    [
        assign(
            field,
            expand(fields, { operator: 'remove-longest-suffix', pattern: pattern`:${anyString}` }),
        ),
        assign(
            fields,
            expand(fields, { operator: 'remove-shortest-prefix', pattern: pattern`${anyString}:` }),
        ),
    ],
);

/** Sets the variable to the next field. */
export function takeField(target: Variable): readonly Statement[] {
    return [perform(takeFieldFunction), assign(target, field)];
}
