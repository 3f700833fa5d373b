import { describe, expect, it } from 'vitest';
import type { Condition, Statement } from './ast.ts';
import {
    all,
    any,
    appendTo,
    arm,
    assign,
    blank,
    breakLoop,
    builtin,
    busyboxApplet,
    capture,
    choose,
    command,
    comment,
    compare,
    defineFunction,
    errorsTo,
    errorsToOutput,
    exitWith,
    feed,
    forEachField,
    forEachPath,
    forEachWord,
    from,
    group,
    ignore,
    increase,
    inspect,
    lastInBackground,
    nextTurn,
    not,
    orElse,
    outputToErrors,
    perform,
    performInBackground,
    pipeline,
    print,
    printing,
    printTo,
    readLine,
    redirected,
    repeatUntil,
    repeatWhile,
    returnWith,
    run,
    runForStatus,
    runInBackground,
    scriptProcess,
    sourceLibrary,
    stopOnError,
    succeeds,
    to,
    variable,
    when,
} from './build.ts';
import { printScript } from './print.ts';
import { anyString, expand, pattern, word } from './word.ts';

const x = variable('x', 'script');
const cat = busyboxApplet('cat');
const isTrue = builtin('true');
const ok = succeeds(command(isTrue));
const hello = print('hello');

function printed(...main: readonly Statement[]): string {
    const text = printScript({ kind: 'script', header: [], preamble: [], main });
    return text.replace('#!/bin/sh\n\n', '').replace(/\n$/, '');
}

function lines(...all: readonly string[]): string {
    return all.join('\n');
}

describe('a statement', () => {
    const cases: readonly [string, Statement, string][] = [
        ['print', print('a b', outputToErrors), "printf '%s\\n' 'a b' >&2"],
        ['assign', assign(x, ''), "x=''"],
        ['assign a variable', assign(x, x), 'x="$x"'],
        ['increase', increase(x), 'x=$((x + 1))'],
        ['set -e', stopOnError, 'set -e'],
        ['source', sourceLibrary('/a b'), ". '/a b'"],
        ['exit', exitWith(3), 'exit 3'],
        ['comment', comment('a', '', ' b '), '# a\n#\n#  b'],
        ['nothing', comment(), '#!/bin/sh'],
        [
            'ignore',
            run(command(cat, ['f']), ignore('it is all the same')),
            '# it is all the same\ncat f || :',
        ],
        [
            'status',
            group(...runForStatus(x, command(cat, ['f']))),
            '{\n    x=0\n    cat f || x=$?\n}',
        ],
        ['short handler', run(command(cat, ['f']), orElse(exitWith(1))), 'cat f || exit 1'],
        [
            'long handler',
            run(command(cat, ['f']), orElse(hello, exitWith(1))),
            lines('cat f || {', "    printf '%s\\n' hello", '    exit 1', '}'),
        ],
        [
            'handler with a comment',
            run(command(cat), orElse(comment('why'))),
            lines('cat || {', '    # why', '    :', '}'),
        ],
        ['handler of nothing', run(command(cat), orElse(blank)), 'cat || :'],
        [
            'handler in a handler',
            run(command(cat), orElse(run(command(cat, ['b']), orElse(exitWith(1))))),
            'cat || cat b || exit 1',
        ],
        [
            'handler that is long',
            run(command(cat, ['a'.repeat(40)]), orElse(print('b'.repeat(40)))),
            lines(`cat ${'a'.repeat(40)} || {`, `    printf '%s\\n' ${'b'.repeat(40)}`, '}'),
        ],
        [
            'handler of two lines in quotes',
            run(command(cat), orElse(print('a\nb'))),
            lines('cat || {', "    printf '%s\\n' 'a", "b'", '}'),
        ],
        ['capture', capture(x, command(cat), orElse(assign(x, 'y'))), 'x=$(cat) || x=y'],
        ['read', readLine(x, '/f g', orElse(assign(x, ''))), "IFS= read -r x < '/f g' || x=''"],
        [
            'print to a file',
            printTo(appendTo('f'), 'a', ignore('no matter')),
            "# no matter\nprintf '%s\\n' a >> f || :",
        ],
        [
            'in the background',
            performInBackground(defineFunction('f', [], [hello]), 'a b'),
            lines('f() {', "    printf '%s\\n' hello", '}', '', "f 'a b' &"),
        ],
        [
            'handler in the background',
            run(command(cat), orElse(performInBackground(defineFunction('f', [], [])))),
            lines('f() {', '    :', '}', '', 'cat || {', '    f &', '}'),
        ],
        [
            'program in the background, and its process',
            group(
                runInBackground(command(cat, ['a b'], [to('f'), errorsToOutput])),
                assign(x, lastInBackground),
                assign(x, word`of ${scriptProcess}`),
            ),
            lines('{', "    cat 'a b' > f 2>&1 &", '    x="$!"', '    x="of $$"', '}'),
        ],
        ['group', group(hello), lines('{', "    printf '%s\\n' hello", '}')],
        [
            'redirected',
            redirected([hello], [from('a'), to('f'), errorsToOutput], orElse(exitWith(1))),
            lines('{', "    printf '%s\\n' hello", '} < a > f 2>&1 || {', '    exit 1', '}'),
        ],
    ];

    it.each(cases)('%s', (_, statement, text) => {
        expect(printed(statement)).toBe(text);
    });
});

describe('a command', () => {
    it('prints its redirects in their order', () => {
        const redirects = [from('i i'), to('o'), errorsToOutput];
        expect(printed(run(command(cat, ['-'], redirects), orElse(exitWith(1))))).toBe(
            "cat - < 'i i' > o 2>&1 || exit 1",
        );
        const two = [errorsTo('e'), outputToErrors];
        expect(printed(run(command(cat, [], two), orElse(exitWith(1))))).toBe(
            'cat 2> e >&2 || exit 1',
        );
    });

    it('refuses a redirect behind what was copied from it', () => {
        expect(() => command(cat, [], [errorsToOutput, to('f')])).toThrow(RangeError);
        expect(() => command(cat, [], [outputToErrors, errorsTo('f')])).toThrow(RangeError);
        expect(() => redirected([hello], [errorsToOutput, to('f')], ignore(''))).toThrow(
            RangeError,
        );
    });

    it('is continued where it is long', () => {
        const long = Array.from({ length: 9 }, (_, index) => `${index}`.repeat(20));
        const text = printed(run(command(cat, long), orElse(exitWith(1))));
        const rows = text.split('\n');
        expect(rows.every((row) => row.length <= 90)).toBe(true);
        expect(rows.slice(0, -2).every((row) => row.endsWith(' \\'))).toBe(false);
        expect(rows[0]).toBe(`cat ${long.slice(0, 3).join(' ')} \\`);
        expect(rows[1]).toBe(`    ${long.slice(3, 6).join(' ')} \\`);
        expect(rows[2]).toBe(`    ${long.slice(6).join(' ')} || {`);
    });

    it('is a pipeline, continued where it is long', () => {
        const part = command(cat, ['a'.repeat(30)]);
        const row = `cat ${'a'.repeat(30)}`;
        expect(printed(run(pipeline(printing('%s'), command(cat)), ignore('why')))).toBe(
            '# why\nprintf %s %s | cat || :',
        );
        expect(printed(run(pipeline(part, part, part), ignore('why')))).toBe(
            lines('# why', `${row} \\`, `    | ${row} \\`, `    | ${row} || :`),
        );
    });
});

describe('a here-document', () => {
    it('of data is quoted, and stands at the margin', () => {
        const body = when(ok, [feed(cat, ['-'], ['a $b', ' c'], ignore('why'))]);
        expect(printed(body)).toBe(
            lines(
                'if true; then',
                '    # why',
                "    cat - << 'EOF' || :",
                'a $b',
                ' c',
                'EOF',
                'fi',
            ),
        );
    });

    it('with variables is escaped', () => {
        expect(printed(feed(cat, [], [word`$${x}"\\`], orElse(exitWith(1))))).toBe(
            lines('cat << EOF || exit 1', '\\$$x"\\\\', 'EOF'),
        );
        expect(printed(feed(cat, [], [x], orElse(hello, hello)))).toBe(
            lines(
                'cat << EOF || {',
                '$x',
                'EOF',
                "    printf '%s\\n' hello",
                "    printf '%s\\n' hello",
                '}',
            ),
        );
    });

    it('has a delimiter with which no line begins', () => {
        expect(printed(feed(cat, [], ['EOFx', 'a\nAOF'], ignore('')))).toContain("<< 'BOF'");
        expect(printed(feed(cat, [], ['a EOF', 'EO', 'Ea'], ignore('')))).toContain("<< 'EOF'");
        // dash would lose a byte of the é.
        expect(printed(feed(cat, [], ['Eé', 'a\nAOé'], ignore('')))).toContain("<< 'BOF'");
        const all = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}é`);
        expect(() => printed(feed(cat, [], all, ignore('')))).toThrow(RangeError);
    });

    it('takes no expansion that changes', () => {
        const changed = expand(x, { operator: 'default', text: 'y' });
        expect(() => feed(cat, [], [changed], ignore(''))).toThrow(RangeError);
    });
});

describe('a condition', () => {
    const a = compare(x, '=', 'a');
    const b = inspect('-n', x);
    const cases: readonly [Condition, string][] = [
        [a, '[ "$x" = a ]'],
        [b, '[ -n "$x" ]'],
        [compare('(', '!=', '!'), "[ '(' != '!' ]"],
        [ok, 'true'],
        [not(a), '! [ "$x" = a ]'],
        [not(not(a)), '[ "$x" = a ]'],
        [all(a, b), '[ "$x" = a ] && [ -n "$x" ]'],
        [any(a, b), '[ "$x" = a ] || [ -n "$x" ]'],
        [all(a), '[ "$x" = a ]'],
        [all(a, all(b, ok)), '[ "$x" = a ] && [ -n "$x" ] && true'],
        [all(a, any(b, ok)), '[ "$x" = a ] && { [ -n "$x" ] || true; }'],
        [any(all(a, b), ok), '{ [ "$x" = a ] && [ -n "$x" ]; } || true'],
        [not(any(a, b)), '! { [ "$x" = a ] || [ -n "$x" ]; }'],
        [not(succeeds(pipeline(command(cat), command(cat)))), '! cat | cat'],
    ];

    it.each(cases.map(([one, text]) => ({ one, text })))('prints as $text', ({ one, text }) => {
        expect(printed(when(one, [hello]))).toBe(
            lines(`if ${text}; then`, "    printf '%s\\n' hello", 'fi'),
        );
    });

    it('has an operand a line where it is long', () => {
        const long = compare(x, '=', 'a'.repeat(40));
        expect(printed(repeatWhile(all(long, any(a, b)), []))).toBe(
            lines(
                `while [ "$x" = ${'a'.repeat(40)} ] \\`,
                '    && { [ "$x" = a ] || [ -n "$x" ]; }; do',
                '    :',
                'done',
            ),
        );
        expect(printed(repeatUntil(any(long, long), []))).toContain('\n    || [');
    });

    it('of nothing is refused', () => {
        expect(() => all()).toThrow(RangeError);
        expect(() => any()).toThrow(RangeError);
    });
});

describe('control flow', () => {
    it('chains elif', () => {
        expect(printed(when(ok, [], [when(ok, [hello], [when(ok, []), hello])]))).toBe(
            lines(
                'if true; then',
                '    :',
                'elif true; then',
                "    printf '%s\\n' hello",
                'else',
                '    if true; then',
                '        :',
                '    fi',
                "    printf '%s\\n' hello",
                'fi',
            ),
        );
    });

    it('keeps an if behind a comment in its else', () => {
        expect(printed(when(ok, [hello], [comment('why'), when(ok, [hello])]))).toContain(
            lines('else', '    # why', '    if true; then'),
        );
    });

    it('chooses', () => {
        const arms = [
            arm([pattern`a`, pattern`b*`], [hello]),
            arm(pattern`esac`, []),
            arm(pattern`c`, [comment('why')]),
            arm(pattern`${anyString}`, [choose(x, [arm(pattern``, [])])]),
        ];
        expect(printed(choose(x, arms))).toBe(
            lines(
                'case "$x" in',
                "    a | 'b*')",
                "        printf '%s\\n' hello",
                '        ;;',
                "    'esac') ;;",
                '    c)',
                '        # why',
                '        ;;',
                '    *)',
                '        case "$x" in',
                "            '') ;;",
                '        esac',
                '        ;;',
                'esac',
            ),
        );
        expect(() => choose(x, [])).toThrow(RangeError);
        expect(() => arm([], [])).toThrow(RangeError);
    });

    it('loops', () => {
        expect(printed(forEachWord(x, ['a b', 5, x], [nextTurn]))).toBe(
            lines('for x in \'a b\' 5 "$x"; do', '    continue', 'done'),
        );
        expect(printed(forEachWord(x, [], [hello]))).toBe('#!/bin/sh');
        expect(printed(forEachPath(x, pattern`/a b/${anyString}`, [breakLoop]))).toBe(
            lines("for x in '/a b/'*; do", '    break', 'done'),
        );
        expect(printed(forEachField(x, x, [hello]))).toBe(
            lines(
                'set -f',
                'for x in $x; do',
                '    set +f',
                "    printf '%s\\n' hello",
                'done',
                'set +f',
            ),
        );
        expect(printed(repeatUntil(ok, [comment('why')]))).toBe(
            lines('until true; do', '    # why', '    :', 'done'),
        );
    });

    it('leaves', () => {
        expect(() => exitWith(256)).toThrow(RangeError);
        expect(() => returnWith(-1)).toThrow(RangeError);
        expect(() => returnWith(0.5)).toThrow(RangeError);
        expect(printed(perform(defineFunction('f', [], [returnWith(255)])))).toContain(
            'return 255',
        );
    });
});

describe('blank lines', () => {
    it('stand between statements alone, and one at a time', () => {
        expect(printed(blank, hello, blank, blank, hello, blank)).toBe(
            lines("printf '%s\\n' hello", '', "printf '%s\\n' hello"),
        );
        expect(printed(when(ok, [blank, hello, blank]))).toBe(
            lines('if true; then', "    printf '%s\\n' hello", 'fi'),
        );
    });
});

describe('a comment', () => {
    it.each(['a\nb', 'a\rb', 'a\0', '\u001b[2J', '\u0085'])('refuses %j', (line) => {
        expect(() => printed(comment(line))).toThrow(RangeError);
        expect(() => printed(run(command(cat), ignore(line)))).toThrow(RangeError);
        const header = [line];
        expect(() => printScript({ kind: 'script', header, preamble: [], main: [] })).toThrow(
            RangeError,
        );
        expect(() => printed(perform(defineFunction('f', [line], [])))).toThrow(RangeError);
    });
});

describe('a script', () => {
    const inner = defineFunction('inner', ['inner: says hello.'], [hello]);
    const y = variable('y', 'local');
    const outer = defineFunction('outer', [], [perform(inner), assign(y, 'a')], [y]);

    it('has its functions behind those that they call, once', () => {
        const script = printScript({
            kind: 'script',
            header: ['What it is.', ''],
            preamble: [perform(inner)],
            main: [perform(outer), perform(outer), perform(inner, 'a')],
        });
        expect(script).toBe(
            lines(
                '#!/bin/sh',
                '# What it is.',
                '#',
                '',
                '# inner: says hello.',
                'inner() {',
                "    printf '%s\\n' hello",
                '}',
                '',
                'inner',
                '',
                'outer() {',
                "    local y=''",
                '    inner',
                '    y=a',
                '}',
                '',
                'outer',
                'outer',
                'inner a',
                '',
            ),
        );
    });

    it('is checked', () => {
        expect(() => printed(breakLoop)).toThrow(RangeError);
    });

    it('has a function with nothing in it', () => {
        expect(printed(perform(defineFunction('f', [], [])))).toBe(
            lines('f() {', '    :', '}', '', 'f'),
        );
    });

    it('defines a function once that was made twice', () => {
        const again = defineFunction('inner', ['inner: says hello.'], [hello]);
        expect(printed(perform(inner), perform(again)).split('inner() {')).toHaveLength(2);
    });

    it('refuses two functions of one name', () => {
        const other = defineFunction('inner', ['inner: says hello.'], [print('good-bye')]);
        expect(() => printed(perform(inner), perform(other))).toThrow(/two different functions/);
    });

    it('finds functions wherever they are called', () => {
        const f = (name: string) => defineFunction(name, [], [hello]);
        const text = printed(
            when(
                not(succeeds(command(f('in_condition')))),
                [perform(f('in_then'))],
                [perform(f('in_else'))],
            ),
            choose(x, [arm(pattern`a`, [perform(f('in_arm'))])]),
            forEachWord(x, ['a'], [perform(f('in_for'))]),
            repeatWhile(all(succeeds(command(f('in_while'))), ok), [perform(f('in_loop'))]),
            capture(
                x,
                pipeline(command(f('in_pipeline')), command(cat)),
                orElse(perform(f('in_handler'))),
            ),
            group(perform(f('in_group'))),
            feed(f('in_feed'), [], [], ignore('')),
            performInBackground(f('in_background')),
        );
        for (const name of [
            'condition',
            'then',
            'else',
            'arm',
            'for',
            'while',
            'loop',
            'pipeline',
            'handler',
            'group',
            'feed',
            'background',
        ]) {
            expect(text).toContain(`in_${name}() {`);
        }
    });

    it('breaks a long list of local variables', () => {
        const locals = Array.from({ length: 12 }, (_, index) =>
            variable(`variable_${index}`, 'local'),
        );
        const text = printed(perform(defineFunction('f', [], [], locals)));
        expect(text).toContain(` \\\n        variable_`);
        expect(text.split("=''")).toHaveLength(13);
    });
});
