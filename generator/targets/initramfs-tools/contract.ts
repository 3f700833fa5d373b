import type { Statement } from '../../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    choose,
    defineFunction,
    exitWith,
    perform,
    print,
    variable,
} from '../../sh/build.ts';
import { pattern } from '../../sh/word.ts';

const prereq = variable('PREREQ', 'script');
const prereqs = defineFunction('prereqs', [], [print(prereq)]);

/**
 * What each script for initramfs-tools begins with: called with `prereqs`, it prints the scripts
 * that have to run before it, and does nothing else (initramfs-tools(7), "HOOK SCRIPTS").
 */
export function prerequisites(names: readonly string[]): readonly Statement[] {
    return [
        assign(prereq, names.join(' ')),
        choose(argumentOf(1), [arm(pattern`prereqs`, [perform(prereqs), exitWith(0)])]),
    ];
}
