/** What must not compile: text that becomes shell, commands without a failure policy. */
import { expectTypeOf, it } from 'vitest';
import type {
    Command,
    Condition,
    OnFailure,
    Pattern,
    PatternPart,
    Redirect,
    Statement,
    Variable,
    Word,
} from './ast.ts';
import {
    appendTo,
    argumentOf,
    assign,
    builtin,
    busyboxApplet,
    capture,
    command,
    feed,
    print,
    printTo,
    readLine,
    redirected,
    run,
    to,
    variable,
} from './build.ts';
import { calculate, pattern, word } from './word.ts';

const x = variable('x', 'script');
const cat = busyboxApplet('cat');

it('gives no type to a node that a factory did not make', () => {
    // @ts-expect-error a plain object is no word
    const forgedWord: Word = { kind: 'word', parts: [{ kind: 'text', text: '$(reboot)' }] };
    // @ts-expect-error a plain object is no variable
    const forgedVariable: Variable = { kind: 'variable', name: 'x;reboot', scope: 'script' };
    // @ts-expect-error a plain object is no pattern
    const forgedPattern: Pattern = { kind: 'pattern', parts: [] };
    // @ts-expect-error nor is its part
    const part: PatternPart = { kind: 'bracket', characters: '$(reboot)', negated: false };
    // @ts-expect-error a plain object is no redirect
    const redirect: Redirect = { kind: 'duplicate', descriptor: 1, onto: 2 };
    // @ts-expect-error a plain object is no command
    const call: Command = { kind: 'print-text', arguments: [], redirects: [] };
    // @ts-expect-error a plain object is no condition
    const condition: Condition = { kind: 'all', conditions: [] };
    // @ts-expect-error a plain object is no statement
    const statement: Statement = { kind: 'source', file: '/lib; reboot' };
    // @ts-expect-error a plain object is no policy
    const policy: OnFailure = { kind: 'settled' };
    expectTypeOf([forgedWord, forgedVariable, forgedPattern, part, redirect]).toBeArray();
    expectTypeOf([call, condition, statement, policy]).toBeArray();
});

it('gives no type to a command without a failure policy', () => {
    // @ts-expect-error a policy is missing
    run(command(cat));
    // @ts-expect-error a policy is missing
    capture(x, command(cat));
    // @ts-expect-error a policy is missing
    readLine(x, '/f');
    // @ts-expect-error a policy is missing
    feed(cat, [], ['a']);
    // @ts-expect-error a policy is missing
    printTo(appendTo('f'), 'a');
    // @ts-expect-error a policy is missing
    redirected([print('a')], [to('f')]);
    // @ts-expect-error printing into a file can fail: printTo asks for a policy
    print('a', to('f'));
    // @ts-expect-error a command is no statement
    const statement: Statement = command(cat);
    expectTypeOf(statement).toBeObject();
});

it('takes text for data alone', () => {
    // @ts-expect-error a program is no text
    command('cat');
    // @ts-expect-error a variable is no text
    assign('x', '1');
    // @ts-expect-error $1 cannot be set
    assign(argumentOf(1), 'a');
    // @ts-expect-error $1 may hold anything: a variable has to be checked and set first
    calculate(argumentOf(1), '+', 1);
    // @ts-expect-error arithmetic is no text
    calculate('1', '+', 1);
    // @ts-expect-error eval is no builtin of ours
    builtin('eval');
    // @ts-expect-error nor is printf: data would be its format
    builtin('printf');
    // @ts-expect-error a word is no pattern, since nothing says which of it is literal
    pattern`${word`a*`}`;
    // @ts-expect-error an object that looks like a part is none
    pattern`${{ kind: 'any-string' }}`;
});
