import type { Parameter, Pattern, Statement } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    capture,
    choose,
    command,
    compare,
    defineFunction,
    forEachWord,
    inspect,
    perform,
    print,
    printing,
    run,
    targetFunction,
    variable,
    when,
} from '../sh/build.ts';
import { settled } from '../sh/policy.ts';
import { type Argument, anyString, expand, pattern, word } from '../sh/word.ts';

/** A place where a word can stand, with what a script prints that has it there. */
export interface WordContext {
    readonly name: string;
    readonly statements: (text: string) => readonly Statement[];
    /** The items that come out, each ended by a NUL. */
    readonly prints: (text: string) => readonly string[];
}

const x = variable('x', 'script');
const y = variable('y', 'script');
const empty = variable('empty', 'script');
const head = 'head';
const tail = 'tail';
const dumpFunction = targetFunction('dump');
const dumpArgument = defineFunction('dump_argument', [], [dump(argumentOf(1), argumentOf(2))]);
const itself = (text: string): readonly string[] => [text];

export const wordContexts: readonly WordContext[] = [
    { name: 'an argument', statements: (text) => [dump(text)], prints: itself },
    {
        name: 'an argument among others',
        statements: (text) => [dump('-', text, text, '')],
        prints: (text) => ['-', text, text, ''],
    },
    {
        name: 'an assignment',
        statements: (text) => [assign(x, text), dump(x)],
        prints: itself,
    },
    {
        name: 'double quotes',
        statements: (text) => [assign(x, 'x'), dump(word`${x}${text}${x}${x}`)],
        prints: (text) => [`x${text}xx`],
    },
    {
        name: "a function's arguments",
        statements: (text) => [perform(dumpArgument, text, word`${text}${empty}`)],
        prints: (text) => [text, text],
    },
    {
        name: 'the subject and the pattern of a case',
        statements: (text) => [
            assign(x, text),
            choice(text, pattern`${text}`),
            choice(x, pattern`${text}`),
            choice(text, pattern`${x}`),
            choice(word`a${x}b`, pattern`a${text}b`),
            choice(word`a${x}b`, pattern`${anyString}${text}${anyString}`),
            choice(word`${x}x`, pattern`${text}`),
        ],
        prints: () => ['yes', 'yes', 'yes', 'yes', 'yes', 'no'],
    },
    {
        name: 'the pattern of a removal',
        statements: (text) => [
            assign(x, word`${text}${tail}`),
            assign(y, word`${head}${text}`),
            ...(['remove-shortest-prefix', 'remove-longest-prefix'] as const).map((operator) =>
                dump(expand(x, { operator, pattern: pattern`${text}` })),
            ),
            ...(['remove-shortest-suffix', 'remove-longest-suffix'] as const).map((operator) =>
                dump(expand(y, { operator, pattern: pattern`${text}` })),
            ),
            dump(
                expand(x, {
                    operator: 'remove-longest-prefix',
                    pattern: pattern`${anyString}${text}`,
                }),
            ),
            assign(y, text),
            dump(expand(x, { operator: 'remove-shortest-prefix', pattern: pattern`${y}` })),
        ],
        prints: (text) => {
            const behindLast = `${text}${tail}`.lastIndexOf(text) + text.length;
            return [tail, tail, head, head, `${text}${tail}`.slice(behindLast), tail];
        },
    },
    {
        name: 'a default and an alternative',
        statements: (text) => [
            assign(x, 'x'),
            dump(expand(empty, { operator: 'default', text })),
            dump(word`<${expand(empty, { operator: 'default', text })}>`),
            dump(expand(x, { operator: 'alternative', text })),
            dump(expand(x, { operator: 'default', text })),
            dump(expand(empty, { operator: 'alternative', text })),
        ],
        prints: (text) => [text, `<${text}>`, text, 'x', ''],
    },
    {
        name: 'a comparison',
        statements: (text) => [
            assign(x, text),
            test(compare(text, '=', x)),
            test(compare(x, '=', text)),
            test(compare(text, '!=', word`${x}x`)),
            test(inspect('-n', text)),
            test(inspect('-z', text)),
        ],
        prints: (text) => [
            'yes',
            'yes',
            'yes',
            text === '' ? 'no' : 'yes',
            text === '' ? 'yes' : 'no',
        ],
    },
    {
        name: 'the list of a for',
        statements: (text) => [forEachWord(x, [text, 'next', text], [dump(x)])],
        prints: (text) => [text, 'next', text],
    },
    {
        name: 'a printed line',
        statements: (text) => [assign(x, text), print(text), print(word`${x}`), dump('')],
        prints: (text) => [`${text}\n${text}\n`],
    },
    {
        name: 'a command substitution',
        statements: (text) => [capture(x, printing(text), settled), dump(x)],
        prints: (text) => [text.replace(/\n+$/, '')],
    },
];

function dump(...words: readonly Argument[]): Statement {
    return run(command(dumpFunction, words), settled);
}

function choice(
    subject: string | Parameter | ReturnType<typeof word>,
    matched: Pattern,
): Statement {
    return choose(subject, [arm(matched, [dump('yes')]), arm(pattern`${anyString}`, [dump('no')])]);
}

function test(condition: ReturnType<typeof inspect>): Statement {
    return when(condition, [dump('yes')], [dump('no')]);
}
