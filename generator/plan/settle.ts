import type { Statement, Variable, Word } from '../sh/ast.ts';
import { all, inspect, not, when } from '../sh/build.ts';
import { toWord, word } from '../sh/word.ts';
import { findParameter, parameterSource } from './find-parameter.ts';
import type { StepVoice } from './report.ts';
import { type HandedOver, isHandedOver, type Parameter, type Setting } from './setting.ts';

/** A setting in a script: what has to run first, and the word that holds the value then. */
export interface Settled {
    readonly statements: readonly Statement[];
    readonly value: Word;
}

/**
 * Prints a setting into a step: a literal if it is known, else the variable with what was handed
 * over, after it matched the pattern of its parameter. What is missing (RB216) or malformed (RB203)
 * ends the boot, with the name of the parameter and where it came from.
 */
export function settle<T>(
    voice: StepVoice,
    setting: Setting<T>,
    parameter: Parameter<T>,
    local: (hint: string) => Variable,
): Settled {
    if (!isHandedOver(setting)) {
        return { statements: [], value: toWord(parameter.print(setting)) };
    }
    const { statements, variable } = settleHandedOver(voice, setting, local);
    return { statements, value: toWord(variable) };
}

/**
 * The same for what is handed over in any case: the variable with the checked value, which is empty
 * where a host does without.
 */
export function settleHandedOver<T>(
    voice: StepVoice,
    { parameter, optional }: HandedOver<T>,
    local: (hint: string) => Variable,
): { readonly statements: readonly Statement[]; readonly variable: Variable } {
    const { name, form, matches, find } = parameter;
    const value = local(name);
    const search = find?.(value) ?? findParameter(value, name);
    if (optional) {
        const wrong = all(inspect('-n', value), not(matches(value)));
        return {
            statements: [...search, when(wrong, [malformed(voice, name, form)])],
            variable: value,
        };
    }
    return {
        statements: [
            ...search,
            when(inspect('-z', value), [
                voice.fail(
                    'RB216',
                    `rbdboot.${name} was not handed over: it is neither on the kernel command line nor in the host archive`,
                    'let the iPXE script of this host load its host archive as a second initrd, as "rbdboot ipxe" writes it',
                ),
            ]),
            when(not(matches(value)), [malformed(voice, name, form)]),
        ],
        variable: value,
    };
}

/** Says that a parameter is not what it should be; never shows its value, which may hold anything. */
export function malformed(voice: StepVoice, name: string, form: string): Statement {
    return voice.fail(
        'RB203',
        word`rbdboot.${name} ${parameterSource} is not ${form}`,
        `let the iPXE script hand rbdboot.${name} over as "rbdboot ipxe" writes it`,
    );
}

/**
 * What is to run if a host has the value: known now, or handed over at boot.
 *
 * @param setting absent where no host has it.
 */
export function whenGiven<T>(
    setting: Setting<T> | undefined,
    value: Word,
    then: readonly Statement[],
    otherwise: readonly Statement[] = [],
): readonly Statement[] {
    if (setting === undefined) {
        return otherwise;
    }
    return isHandedOver(setting) && setting.optional
        ? [when(inspect('-n', value), then, otherwise)]
        : then;
}
