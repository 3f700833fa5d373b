import { expect, it } from 'vitest';
import { runScript, shells } from '../testing/shells.ts';
import type { Statement } from './ast.ts';
import {
    assign,
    builtin,
    busyboxApplet,
    command,
    defineFunction,
    exitWith,
    ignore,
    lastInBackground,
    print,
    run,
    runInBackground,
    variable,
    whenTerminated,
} from './build.ts';
import { printScript } from './print.ts';

const process = variable('process', 'script');
const sleep = busyboxApplet('sleep');

const builtins = { kill: builtin('kill'), wait: builtin('wait') };

function end(one: typeof process | typeof lastInBackground): readonly Statement[] {
    return [
        run(command(builtins.kill, [one]), ignore('it may be gone')),
        run(command(builtins.wait, [one]), ignore('it was ended')),
    ];
}

const stop = defineFunction('stop', [], [...end(lastInBackground), print('ended'), exitWith(0)]);
const beside = defineFunction(
    'beside',
    [],
    [
        whenTerminated(stop),
        runInBackground(command(sleep, [30])),
        run(command(builtins.wait, [lastInBackground]), ignore('nothing comes of it')),
        print('not ended'),
    ],
);

// Who runs the script waits until nobody has its output open any more, so a sleep that goes on shows.
it.each(shells)('$name ends a process in the background, and what that waits for', (shell) => {
    const main = [
        runInBackground(command(beside)),
        assign(process, lastInBackground),
        run(command(sleep, [0.3]), ignore('the rest is the same')),
        ...end(process),
        print('gone'),
    ];
    const begun = performance.now();
    const { output } = runScript(
        shell,
        printScript({ kind: 'script', header: [], preamble: [], main }),
    );
    expect(output.toString()).toBe('ended\ngone\n');
    expect(performance.now() - begun).toBeLessThan(10_000);
});
