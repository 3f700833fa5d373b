import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { randomScript } from '../testing/random-script.ts';
import { runProgram, withDirectory } from '../testing/shells.ts';
import { printScript } from './print.ts';

/** Findings about what a script of chance does, which chance decides and the printer does not. */
const aboutTheScript = {
    SC2034: 'a variable is not used',
    SC2043: 'a loop has one turn',
    SC2050: 'an expression is constant',
    SC2066: 'a loop goes through one word',
    SC2119: 'a function is called without arguments',
    SC2120: 'a function is never given arguments',
    SC2157: 'a test of a literal',
    SC2165: 'a loop in a loop has its variable',
    SC2167: 'the same, from the other side',
    SC2193: 'two words can never be equal',
    SC2194: 'the subject of a case is constant',
    SC2195: 'a pattern never matches',
    SC2221: 'a pattern takes what a later one asks for',
    SC2222: 'the same, from the other side',
    SC2237: '! [ -z … ] for [ -n … ]',
    SC2269: 'a variable is assigned to itself',
    SC2317: 'a statement is not reached',
};

/** Guesses that a literal was meant to be something else: every hostile text looks like that. */
const aboutLiterals = {
    SC1003: "a backslash before the ' at the end of a literal",
    SC1014: 'a [ in a literal',
    SC2016: 'a $ in single quotes',
    SC2026: "a ' in a literal",
    SC2041: 'a literal in the list of a for',
    SC2042: 'a comma in the list of a for',
    SC2088: 'a ~ in quotes',
    SC2258: 'a comma at the end of a word in that list',
};

// shellcheck 0.9 itself misreads one in a thousand of these scripts, so the seeds are not left to
// chance.
it('finds nothing wrong with how scripts of chance are written', { timeout: 60_000 }, () => {
    withDirectory((directory) => {
        const files = Array.from({ length: 40 }, (_, seed) => {
            writeFileSync(join(directory, `${seed}.sh`), printScript(randomScript(seed * 7919)));
            return `${seed}.sh`;
        });
        const excluded = Object.keys({ ...aboutTheScript, ...aboutLiterals }).join(',');
        const options = ['--norc', '--shell=dash', '--format=gcc', `--exclude=${excluded}`];
        const { output } = runProgram('shellcheck', [...options, ...files], directory);
        expect(output.toString()).toBe('');
    });
});
