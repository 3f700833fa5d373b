import { expect, it } from 'vitest';
import type { Word } from './ast.ts';
import {
    argumentOf,
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    compare,
    defineFunction,
    feed,
    forEachField,
    forEachPath,
    forEachWord,
    from,
    ignore,
    inspect,
    not,
    orElse,
    perform,
    pipeline,
    print,
    printTo,
    readLine,
    redirected,
    repeatWhile,
    run,
    runForStatus,
    sourceLibrary,
    to,
    variable,
    when,
} from './build.ts';
import { walk } from './walk.ts';
import { walkBody } from './walk-body.ts';
import { arithmetic, calculate, expand, pattern, word } from './word.ts';

const cat = busyboxApplet('cat');
const x = variable('x', 'script');

function texts(found: readonly Word[]): readonly string[] {
    return found.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === 'text' ? part.text : [])),
    );
}

it('meets every word, in the order of the script', () => {
    const words: Word[] = [];
    const inner = defineFunction('inner', [], [print('in the function')]);
    walk(
        [
            run(
                command(cat, ['argument'], [from('input'), to('output')]),
                orElse(print('handler')),
            ),
            perform(inner, 'given'),
            perform(inner, 'again'),
            assign(x, 'value'),
            capture(x, pipeline(command(cat, ['left']), command(cat, ['right'])), ignore('')),
            readLine(x, 'file', ignore('')),
            feed(cat, [], ['line'], ignore('')),
            printTo(to('target'), 'printed', ignore('')),
            when(not(compare('a', '=', 'b')), [print('then')], [print('else')]),
            choose('subject', [arm(pattern`p`, [print('arm')]), arm(pattern`q`, [print('last')])]),
            forEachWord(x, ['item'], [print('body')]),
            repeatWhile(inspect('-n', 'inspected'), [print('turn')]),
            redirected([print('grouped')], [to('away')], ignore('')),
        ],
        { word: (one) => words.push(one) },
    );
    expect(texts(words).join(' ')).toBe(
        'argument input output handler given in the function again value left right file line ' +
            'printed target a b then else subject arm last item body inspected turn away grouped',
    );
});

it('meets commands, functions once, and libraries', () => {
    const inner = defineFunction('inner', [], [run(command(cat), ignore(''))]);
    const outer = defineFunction('outer', [], [perform(inner)]);
    const met: string[] = [];
    walk([sourceLibrary('/lib'), perform(outer), perform(outer), perform(inner)], {
        command: ({ kind }) => met.push(kind),
        function: ({ name }) => met.push(name),
        source: (file) => met.push(file),
    });
    expect(met.join(' ')).toBe(
        '/lib call-function call-function call-program inner outer call-function call-function',
    );
});

it('meets what is read and what is set', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => variable(name, 'script'));
    const [a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x] = names;
    const read: string[] = [];
    const set: string[] = [];
    walkBody(
        [
            assign(a, word`${b}${argumentOf(1)}`),
            forEachField(c, d, []),
            forEachPath(c, pattern`${e}`, []),
            choose(expand(f, { operator: 'remove-longest-prefix', pattern: pattern`${g}` }), [
                arm(pattern`${h}`, []),
            ]),
            assign(a, arithmetic(calculate(calculate(a, '+', b), '+', c))),
            readLine(d, 'f', ignore('')),
            capture(e, command(cat), ignore('')),
            ...runForStatus(f, command(cat)),
        ],
        { reads: ({ name }) => read.push(name), assigns: ({ name }) => set.push(name) },
    );
    expect(read.join('')).toBe('b1defghabc');
    expect(set.join('')).toBe('accadeff');
});
