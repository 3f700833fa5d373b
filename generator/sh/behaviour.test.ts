import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpret } from '../testing/interpret.ts';
import { propertyRuns } from '../testing/property-runs.ts';
import { randomScript } from '../testing/random-script.ts';
import { runFile, runProgram, type Shell, shells, withDirectory } from '../testing/shells.ts';
import { printScript } from './print.ts';

/** A seed stands for a script: a failure names the seed, `randomScript(seed)` makes it again. */
const seeds = fc.noShrink(fc.array(fc.noBias(fc.nat()), { minLength: 50, maxLength: 50 }));
const runs = { numRuns: propertyRuns(4), endOnFailure: true };

/** Runs each file in a process of its own, in one of the shell: a tenth of the time of fifty. */
function runEach(shell: Shell, scripts: readonly string[], directory: string): readonly string[] {
    const output = join(directory, shell.name);
    mkdirSync(output);
    const driver = [
        shell.prelude,
        ...scripts.map((_, index) =>
            [
                `( . ${directory}/${index}.sh ) > ${output}/${index} 2> /dev/null`,
                `echo "status $?" >> ${output}/${index}`,
            ].join('\n'),
        ),
        '',
    ];
    writeFileSync(join(directory, `${shell.name}.sh`), driver.join('\n'));
    runFile(shell, `${shell.name}.sh`, directory);
    return scripts.map((_, index) => readFileSync(join(output, String(index)), 'utf8'));
}

describe('a script of chance', { timeout: 60_000 }, () => {
    it.each(shells)('does in $name what its nodes say', (shell) => {
        const check = (all: readonly number[]): void =>
            withDirectory((directory) => {
                const texts = all.map((seed) => printScript(randomScript(seed)));
                for (const [index, text] of texts.entries()) {
                    writeFileSync(join(directory, `${index}.sh`), text);
                }
                const printed = runEach(shell, texts, directory);
                for (const [index, seed] of all.entries()) {
                    const { output, status } = interpret(randomScript(seed).main);
                    const got = { seed, script: texts[index], output: printed[index] };
                    expect(got).toEqual({ ...got, output: `${output}status ${status}\n` });
                }
            });
        fc.assert(fc.property(seeds, check), runs);
    });

    it('is parsed by every shell, and left alone by shfmt', () => {
        const check = (all: readonly number[]): void =>
            withDirectory((directory) => {
                const text = all.map((seed) => printScript(randomScript(seed))).join('');
                const file = join(directory, 'all.sh');
                writeFileSync(file, text);
                for (const { command } of shells) {
                    const [program, ...args] = command;
                    const parsed = runProgram(program, [...args, '-n', file], directory);
                    expect({ program, ...parsed }).toMatchObject({ status: 0, errors: '' });
                }
                const style = ['-ln', 'posix', '-i', '4', '-ci', '-bn', '-sr', '-d', file];
                const { output } = runProgram('shfmt', style, directory);
                expect({ all, changes: output.toString() }).toEqual({ all, changes: '' });
            });
        fc.assert(fc.property(seeds, check), runs);
    });
});
