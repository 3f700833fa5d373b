import { describe, expect, it } from 'vitest';
import type { Expansion, Pattern, Word } from './ast.ts';
import { argumentOf, variable } from './function.ts';
import { printPattern } from './print-pattern.ts';
import { printAssigned, printWord } from './print-word.ts';
import {
    anyCharacter,
    anyString,
    arithmetic,
    calculate,
    carriedFile,
    expand,
    moduleName,
    noneOf,
    oneOf,
    pattern,
    toWord,
    word,
} from './word.ts';

const x = variable('x', 'script');

describe('a word', () => {
    const words: readonly [Word, string][] = [
        [word`plain`, 'plain'],
        [word``, "''"],
        [word`a b`, "'a b'"],
        [word`${'a'}${5}`, 'a5'],
        [word`${x}`, '"$x"'],
        [word`${x}y`, '"${x}y"'],
        [word`${x}5`, '"${x}5"'],
        [word`${x}_`, '"${x}_"'],
        [word`${x}[`, '"${x}["'],
        [word`${x}/y`, '"$x/y"'],
        [word`${x}${x}`, '"$x$x"'],
        [word`${x}${moduleName('rbd')}`, '"${x}rbd"'],
        [word`"${x}"`, '"\\"$x\\""'],
        [word`$${x}\``, '"\\$$x\\`"'],
        [word`${argumentOf(1)}0`, '"${1}0"'],
        [word`a${word`b${x}`}`, '"ab$x"'],
        [moduleName('rbd'), 'rbd'],
        [carriedFile('/etc/a b'), "'/etc/a b'"],
        [toWord(-1.5), '-1.5'],
    ];

    it.each(words.map(([one, printed]) => ({ one, printed })))('prints as $printed', (row) => {
        expect(printWord(row.one)).toBe(row.printed);
    });

    it('is one text where texts meet', () => {
        expect(word`a${'b'}${5}c${x}`.parts).toHaveLength(2);
    });

    it('refuses numbers that no program reads', () => {
        expect(() => toWord(Number.NaN)).toThrow(RangeError);
        expect(() => toWord(Number.POSITIVE_INFINITY)).toThrow(RangeError);
    });
});

describe('an expansion', () => {
    const expansions: readonly [Expansion, string][] = [
        [{ operator: 'default', text: 'none' }, '"${x:-none}"'],
        [{ operator: 'default', text: ' none' }, '"${x:- none}"'],
        [{ operator: 'default', text: '' }, '"${x:-}"'],
        [{ operator: 'default', text: '}' }, '"${x:-\\}}"'],
        [{ operator: 'default', text: "it's" }, `"\${x:-it"'"s}"`],
        [{ operator: 'default', text: '<(' }, '"${x:-<""(}"'],
        [{ operator: 'default', text: '>(<' }, '"${x:->""(<}"'],
        [{ operator: 'alternative', text: '$y"' }, '"${x:+\\$y\\"}"'],
        [{ operator: 'required' }, '"${x:?}"'],
        [{ operator: 'length' }, '"${#x}"'],
        [{ operator: 'remove-shortest-prefix', pattern: pattern`${anyString}/` }, '"${x#*/}"'],
        [{ operator: 'remove-longest-prefix', pattern: pattern`${anyString}/` }, '"${x##*/}"'],
        [{ operator: 'remove-shortest-suffix', pattern: pattern`/${anyString}` }, '"${x%/*}"'],
        [{ operator: 'remove-longest-suffix', pattern: pattern` ${anyString}` }, '"${x%% *}"'],
        [{ operator: 'remove-shortest-suffix', pattern: pattern`%` }, '"${x%\\%}"'],
        [{ operator: 'remove-longest-suffix', pattern: pattern`%a` }, '"${x%%\\%a}"'],
        [{ operator: 'remove-shortest-prefix', pattern: pattern`#` }, '"${x#\\#}"'],
        [{ operator: 'remove-shortest-prefix', pattern: pattern`${x}` }, '"${x#"$x"}"'],
        [{ operator: 'remove-shortest-prefix', pattern: pattern`${'}*'}` }, '"${x#\\}\\*}"'],
    ];

    it.each(expansions.map(([one, printed]) => ({ one, printed })))('prints as $printed', (row) => {
        expect(printWord(expand(x, row.one))).toBe(row.printed);
    });
});

describe('arithmetic', () => {
    it('has parentheses where there is more than one operator', () => {
        const sum = calculate(x, '+', 1);
        expect(printWord(arithmetic(sum))).toBe('"$((x + 1))"');
        expect(printAssigned(arithmetic(calculate(sum, '*', sum)))).toBe('$(((x + 1) * (x + 1)))');
        expect(printAssigned(word`${arithmetic(sum)}0`)).toBe('"$((x + 1))0"');
        expect(printAssigned(arithmetic(calculate(x, '-', -5)))).toBe('$((x - (-5)))');
        expect(printAssigned(arithmetic(calculate(0, '%', x)))).toBe('$((0 % x))');
    });

    it('refuses what not every shell calculates with', () => {
        expect(() => calculate(1.5, '+', 1)).toThrow(RangeError);
        expect(() => calculate(1, '+', 2 ** 31)).toThrow(RangeError);
        expect(() => calculate(1, '+', Number.NaN)).toThrow(RangeError);
    });
});

describe('a pattern', () => {
    const patterns: readonly [Pattern, string][] = [
        [pattern``, "''"],
        [pattern`a b`, "'a b'"],
        [pattern`${anyString}`, '*'],
        [pattern`*${anyString}*`, "'*'*'*'"],
        [pattern`${anyCharacter}${oneOf('0-9a-f')}${noneOf('x')}`, '?[0-9a-f][!x]'],
        [pattern`${x}=${anyString}`, '"$x"=*'],
        [pattern`a${'b'}c${'d e'}`, "'abcd e'"],
        [pattern`=${anyString}`, "'='*"],
        [pattern`in`, "'in'"],
    ];

    it.each(patterns.map(([one, printed]) => ({ one, printed })))('prints as $printed', (row) => {
        expect(printPattern(row.one)).toBe(row.printed);
    });

    it.each([
        '',
        ']',
        'a]',
        '[',
        '!a',
        '^a',
        'a\\',
        'z-a',
        '9-0',
        'a b',
        '$',
        ':alpha:',
        '.a.',
        "'",
    ])('has no brackets around %j', (characters) => {
        expect(() => oneOf(characters)).toThrow(RangeError);
        expect(() => noneOf(characters)).toThrow(RangeError);
    });
});

it('makes nodes that cannot be changed, out of arrays that can', () => {
    const one = word`a${x}`;
    expect(Object.isFrozen(one)).toBe(true);
    expect(Object.isFrozen(one.parts)).toBe(true);
    expect(Object.isFrozen(one.parts[0])).toBe(true);
});
