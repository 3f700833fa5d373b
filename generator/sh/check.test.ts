import { describe, expect, it } from 'vitest';
import type { ShellFunction, Statement } from './ast.ts';
import {
    assign,
    blank,
    breakLoop,
    busyboxApplet,
    capture,
    command,
    comment,
    defineFunction,
    forEachWord,
    group,
    ignore,
    nextTurn,
    orElse,
    orStop,
    perform,
    performInBackground,
    pipeline,
    print,
    printing,
    redirected,
    repeatWhile,
    returnWith,
    run,
    runInBackground,
    stopOnError,
    succeeds,
    to,
    variable,
    when,
} from './build.ts';
import { checkScript } from './check.ts';

const cat = busyboxApplet('cat');
const shared = variable('shared', 'script');
const local = variable('own', 'local');

function check(...main: readonly Statement[]): () => void {
    return () => checkScript({ kind: 'script', header: [], preamble: [], main });
}

function fn(
    name: string,
    body: readonly Statement[],
    locals = [] as (typeof local)[],
): ShellFunction {
    return defineFunction(name, [], body, locals);
}

const stops = fn('stops', [run(command(cat), orStop)]);
const stopsBelow = fn('stops_below', [perform(stops)]);

describe('set -e', () => {
    it('is asked for by a policy that relies on it', () => {
        expect(check(stopOnError, run(command(cat), orStop))).not.toThrow();
        expect(check(run(command(cat), orStop))).toThrow(/relies on "set -e"/);
        expect(check(perform(stopsBelow))).toThrow(/relies on "set -e"/);
        expect(check(stopOnError, perform(stopsBelow))).not.toThrow();
    });

    it.each([
        ['a condition', when(succeeds(command(stopsBelow)), [])],
        ['a loop', repeatWhile(succeeds(command(stops)), [])],
        ['a handler', run(command(stopsBelow), orElse(blank))],
        ['an ignored failure', run(command(stops), ignore(''))],
        ['a captured one', capture(shared, command(stops), orElse(blank))],
        ['a redirected group', redirected([run(command(cat), orStop)], [to('f')], ignore(''))],
        ['one in a tested group', redirected([perform(stops)], [to('f')], orElse(blank))],
    ])('has no effect in %s', (_, statement) => {
        expect(check(stopOnError, statement)).toThrow(/"set -e"/);
    });

    it('has its effect in a handler', () => {
        expect(check(stopOnError, run(command(cat), orElse(perform(stops))))).not.toThrow();
    });
});

describe('an assignment', () => {
    const sets = fn('sets', [assign(shared, 'a')]);
    const setsBelow = fn('sets_below', [perform(sets)]);
    const setsOwn = fn('sets_own', [assign(local, 'a')], [local]);

    it('is lost in a process of its own', () => {
        expect(check(capture(shared, command(setsBelow), ignore('')))).toThrow(
            /\(shared\) is lost/,
        );
        expect(check(run(pipeline(printing('a'), command(sets)), ignore('')))).toThrow(/is lost/);
        expect(check(when(succeeds(pipeline(command(sets), command(cat))), []))).toThrow(/is lost/);
        expect(check(performInBackground(sets))).toThrow(/is lost/);
        expect(check(runInBackground(command(setsBelow)))).toThrow(/is lost/);
    });

    it('is kept elsewhere', () => {
        expect(check(perform(setsBelow), when(succeeds(command(sets)), []))).not.toThrow();
        expect(check(capture(shared, command(setsOwn), ignore('')))).not.toThrow();
    });
});

describe('a local variable', () => {
    it('belongs to a function', () => {
        expect(check(print(local))).toThrow(/local to a function/);
        expect(check(assign(local, ''))).toThrow(/local to a function/);
        expect(check(perform(fn('f', [print(local)])))).toThrow(/not among its local variables/);
        expect(check(perform(fn('f', [assign(local, '')])))).toThrow(/not among its local/);
        expect(check(perform(fn('f', [print(local)], [local])))).not.toThrow();
        expect(check(perform(fn('f', [], [local, local])))).toThrow(/two local variables/);
    });

    it('hides nothing from what is called', () => {
        const hidden = variable('own', 'script');
        const uses = fn('uses', [print(hidden)]);
        const environment = fn('uses_environment', [print(variable('own', 'environment'))]);
        const middle = fn('middle', [perform(uses)]);
        expect(check(perform(fn('f', [perform(middle)], [local])))).toThrow(
            /hides the variable own/,
        );
        expect(check(perform(fn('f', [perform(environment)], [local])))).toThrow(/hides/);
        expect(check(perform(fn('f', [print(hidden)], [local])))).toThrow(/hides/);
        expect(check(perform(fn('f', [perform(middle)], [])), print(hidden))).not.toThrow();
    });
});

describe('leaving', () => {
    it('takes a loop, or a function', () => {
        const leaves = fn('leaves', [when(succeeds(command(cat)), [breakLoop])]);
        expect(check(breakLoop)).toThrow(/loop that is not there/);
        expect(check(nextTurn)).toThrow(/loop that is not there/);
        expect(check(forEachWord(shared, ['a'], [perform(leaves)]))).toThrow(
            /leaves leaves a loop/,
        );
        expect(check(forEachWord(shared, ['a'], [group(nextTurn)]))).not.toThrow();
        expect(check(repeatWhile(succeeds(command(cat)), [breakLoop]))).not.toThrow();
        expect(check(returnWith(1))).toThrow(/is no function/);
        expect(check(perform(fn('f', [returnWith(1)])))).not.toThrow();
    });
});

it('lets no function hide a program', () => {
    const hides = fn('cat', [comment('hello')]);
    expect(check(perform(hides))).not.toThrow();
    expect(check(perform(hides), run(command(cat), ignore('')))).toThrow(/name of a program/);
    expect(check(perform(fn('f', [perform(hides), run(command(cat), ignore(''))])))).toThrow(
        /name of a program/,
    );
});
