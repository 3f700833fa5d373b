import { expect, it } from 'vitest';
import { runScript, shells } from '../testing/shells.ts';
import {
    assign,
    builtin,
    busyboxApplet,
    command,
    compare,
    defineFunction,
    errorsTo,
    errorsToOutput,
    exitWith,
    ignore,
    increase,
    lastInBackground,
    orElse,
    print,
    repeatWhile,
    run,
    runInBackground,
    scriptProcess,
    succeeds,
    to,
    variable,
} from './build.ts';
import { printScript } from './print.ts';

const process = variable('process', 'script');
const turns = variable('turns', 'script');
const sleep = busyboxApplet('sleep');
const kill = builtin('kill');
const wait = builtin('wait');

const beside = defineFunction(
    'beside',
    [],
    [
        repeatWhile(succeeds(command(kill, ['-0', scriptProcess])), [
            run(command(sleep, [1]), orElse(exitWith(0))),
        ]),
    ],
);

// Some shells keep a signal back that comes just then, or lose it: this one nobody can.
it.each(shells)('$name ends a process in the background at whatever it is', (shell) => {
    const main = [
        assign(turns, 0),
        repeatWhile(compare(turns, '-lt', 200), [
            runInBackground(command(beside, [], [to('/dev/null'), errorsToOutput])),
            assign(process, lastInBackground),
            run(command(kill, ['-9', process]), orElse(print('it was gone'))),
            run(
                command(wait, [process], [errorsTo('/dev/null')]),
                ignore('how it ended says nothing'),
            ),
            increase(turns),
        ]),
        print('gone'),
    ];
    const begun = performance.now();
    const { output } = runScript(
        shell,
        printScript({ kind: 'script', header: [], preamble: [], main }),
    );
    expect(output.toString()).toBe('gone\n');
    expect(performance.now() - begun).toBeLessThan(10_000);
});
