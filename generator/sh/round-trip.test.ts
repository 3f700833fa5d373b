import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileCorners, hostileWord } from '../testing/hostile-words.ts';
import { propertyRuns } from '../testing/property-runs.ts';
import { runFile, runScript, shells, withDirectory } from '../testing/shells.ts';
import { type WordContext, wordContexts } from '../testing/word-contexts.ts';
import type { Statement } from './ast.ts';
import { busyboxApplet, feed, printTo, to, variable } from './build.ts';
import { settled } from './policy.ts';
import { printScript } from './print.ts';
import { quoteLiteral } from './quote.ts';
import { word } from './word.ts';

function scriptOf(main: readonly Statement[]): string {
    return printScript({ kind: 'script', header: [], preamble: [], main });
}

// A run that fails names the words: there is nothing to be gained from a smaller one.
const runs = (count: number) => ({ numRuns: propertyRuns(count), endOnFailure: true });

/** Words by the hundred: one process of a shell reads them all. */
const words = fc.array(hostileWord, { minLength: 100, maxLength: 100 });

describe.each(shells)('$name reads back', { timeout: 60_000 }, (shell) => {
    const readsBack = ({ statements, prints }: WordContext, texts: readonly string[]): void => {
        const { output } = runScript(shell, scriptOf(texts.flatMap(statements)));
        const items = output.toString().split('\0');
        const wrong = texts.flatMap((text) => {
            const expected = prints(text);
            const got = items.splice(0, expected.length);
            return expected.every((one, index) => one === got[index])
                ? []
                : [{ text, expected, got }];
        });
        expect(wrong.slice(0, 3)).toEqual([]);
    };

    it.each(wordContexts)('each kind of word in $name', (context) => {
        readsBack(context, hostileCorners);
    });

    it('any words in any of these places', () => {
        fc.assert(
            fc.property(words, (texts) => {
                for (const context of wordContexts) {
                    readsBack(context, texts);
                }
            }),
            runs(2),
        );
    });

    it('here-documents of any lines', () => {
        const cat = busyboxApplet('cat');
        const empty = variable('empty', 'script');
        const check = (texts: readonly string[]): void => {
            const changing = texts.map((text) => word`${text}${empty}`);
            const script = scriptOf([
                feed(cat, [], texts, settled),
                feed(cat, [], changing, settled),
            ]);
            const expected = [...texts, ...texts];
            const printed = runScript(shell, script).output.toString();
            const start = commonLength(expected.join('\n'), printed);
            expect(printed.slice(start)).toBe(`${expected.join('\n').slice(start)}\n`);
        };
        check(hostileCorners);
        fc.assert(fc.property(words, check), runs(4));
    });

    it('file names of any kind', () => {
        const check = (texts: readonly string[]): void => {
            const names = new Set(texts.filter(isFileName));
            withDirectory((directory) => {
                const files = join(directory, 'files');
                mkdirSync(files);
                const script = scriptOf([...names].map((name) => printTo(to(name), name, settled)));
                writeFileSync(join(directory, 'script'), shell.prelude + script);
                const { errors } = runFile(shell, '../script', files);
                expect(errors).toBe('');
                expect(readdirSync(files).sort()).toEqual([...names].sort());
            });
        };
        check(hostileCorners);
        fc.assert(fc.property(words, check), runs(2));
    });

    // A JavaScript string cannot hold text that is no UTF-8. The quoter would carry it all the same.
    it('all bytes but NUL, in quotes', () => {
        const bytes = Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1));
        const each = [...bytes].map((byte) => Buffer.from([byte]).toString('latin1'));
        const texts = [bytes.toString('latin1'), ...each, ...each.map((one) => `a${one}\xffb`)];
        const script = `dump ${texts.map(quoteLiteral).join(' ')}\n`;
        const { output } = runScript(shell, Buffer.from(script, 'latin1'));
        expect(output.toString('latin1')).toBe(texts.map((text) => `${text}\0`).join(''));
    });
});

function commonLength(one: string, other: string): number {
    let length = 0;
    while (length < one.length && one[length] === other[length]) {
        length++;
    }
    return length;
}

function isFileName(text: string): boolean {
    const isPath = text.includes('/') || text === '' || text === '.' || text === '..';
    return !isPath && Buffer.byteLength(text) < 256;
}
