import fc from 'fast-check';
import { parse } from 'unbash';
import { describe, expect, it } from 'vitest';
import { hostileCorners, hostileWord } from '../testing/hostile-words.ts';
import { propertyRuns } from '../testing/property-runs.ts';
import type { Statement } from './ast.ts';
import {
    arm,
    assign,
    choose,
    command,
    feed,
    forEachWord,
    run,
    targetFunction,
    to,
    variable,
} from './build.ts';
import { settled } from './policy.ts';
import { printScript } from './print.ts';
import { pattern } from './word.ts';

const x = variable('x', 'script');
const program = targetFunction('program');

/** What a parser that is not ours reads, in a place where a literal can stand. */
type Read = (statement: unknown) => string | undefined;

interface Place {
    readonly name: string;
    readonly statement: (text: string) => Statement;
    readonly read: Read;
}

const places: readonly Place[] = [
    {
        name: 'an argument',
        statement: (text) => run(command(program, [text]), settled),
        read: at('command', 'suffix', 0, 'value'),
    },
    {
        name: 'a redirect',
        statement: (text) => run(command(program, [], [to(text)]), settled),
        read: at('command', 'suffix', 0, 'target', 'value'),
    },
    {
        name: 'an assignment',
        statement: (text) => assign(x, text),
        read: at('command', 'prefix', 0, 'value', 'value'),
    },
    {
        name: 'the subject of a case',
        statement: (text) => choose(text, [arm(pattern`a`, [])]),
        read: at('command', 'word', 'value'),
    },
    {
        name: 'the pattern of a case',
        statement: (text) => choose('a', [arm(pattern`${text}`, [])]),
        read: at('command', 'items', 0, 'pattern', 0, 'value'),
    },
    {
        name: 'the list of a for',
        statement: (text) => forEachWord(x, [text], []),
        read: at('command', 'wordlist', 0, 'value'),
    },
    {
        name: 'a here-document',
        statement: (text) => feed(program, [], [text], settled),
        read: at('command', 'suffix', 0, 'body', 'text'),
    },
];

function at(...path: readonly (string | number)[]): Read {
    return (statement) => {
        let node: unknown = statement;
        for (const key of path) {
            node = typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined;
        }
        return typeof node === 'string' ? node : undefined;
    };
}

describe.each(places)('an independent parser reads what was meant as $name', (place) => {
    const check = (texts: readonly string[]): void => {
        const main = texts.map(place.statement);
        const { commands } = parse(printScript({ kind: 'script', header: [], preamble: [], main }));
        const end = place.name === 'a here-document' ? '\n' : '';
        expect(commands.length).toBe(texts.length);
        for (const [index, text] of texts.entries()) {
            expect(place.read(commands[index])).toBe(text + end);
        }
    };

    it('for each kind of word', () => check(hostileCorners));

    it('for any words', () => {
        const words = fc.array(hostileWord, { minLength: 20, maxLength: 20 });
        fc.assert(fc.property(words, check), { numRuns: propertyRuns(20), endOnFailure: true });
    });
});
