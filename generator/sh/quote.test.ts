import { describe, expect, it } from 'vitest';
import {
    escapeInDoubleQuotes,
    escapeInHereDocument,
    quoteInExpansion,
    quoteLiteral,
} from './quote.ts';

describe('quoteLiteral', () => {
    it.each([
        ['abc', 'abc'],
        ['/dev/rbd0', '/dev/rbd0'],
        ['--option=value', '--option=value'],
        ['a@b%c+d:e,f.g_h', 'a@b%c+d:e,f.g_h'],
        ['-', '-'],
        ['', "''"],
        ['a b', "'a b'"],
        ["it's", "'it'\\''s'"],
        ["'", "''\\'''"],
        ['=a', "'=a'"],
        ['~', "'~'"],
        ['a~', "'a~'"],
        ['a*', "'a*'"],
        ['a\n', "'a\n'"],
        ['é', "'é'"],
        ['$x', "'$x'"],
        ['!', "'!'"],
        ['{', "'{'"],
    ])('prints %j as %s', (text, printed) => {
        expect(quoteLiteral(text)).toBe(printed);
    });

    it.each(['if', 'then', 'esac', 'in', 'done', 'while', 'function', 'time', 'select'])(
        'quotes the reserved word %s',
        (word) => {
            expect(quoteLiteral(word)).toBe(`'${word}'`);
            expect(quoteLiteral(`${word}x`)).toBe(`${word}x`);
        },
    );
});

it('escapes what double quotes leave its meaning', () => {
    expect(escapeInDoubleQuotes('a$b`c"d\\e\'f!*')).toBe('a\\$b\\`c\\"d\\\\e\'f!*');
});

it('escapes what a here-document leaves its meaning', () => {
    expect(escapeInHereDocument('a$b`c"d\\e')).toBe('a\\$b\\`c"d\\\\e');
});

it('quotes sign by sign inside an expansion', () => {
    expect(quoteInExpansion('a b=/c')).toBe('a b=/c');
    expect(quoteInExpansion('*}')).toBe('\\*\\}');
    expect(quoteInExpansion('\'"')).toBe('\\\'\\"');
    expect(quoteInExpansion('a\né*')).toBe("a'\né'\\*");
});

describe.each([quoteLiteral, escapeInDoubleQuotes, escapeInHereDocument, quoteInExpansion])(
    '%o',
    (quote) => {
        it('refuses NUL, and half a surrogate pair', () => {
            expect(() => quote('a\0b')).toThrow(RangeError);
            expect(() => quote('a\ud800b')).toThrow(RangeError);
            expect(quote('😀')).toContain('😀');
        });
    },
);
