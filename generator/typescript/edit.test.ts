import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { editHosts, type HostChange } from './edit.ts';
import type { TextChange } from './text-change.ts';

const names = ['desk1', 'desk-2', 'desk3', 'n4', 'edge5'] as const;

/** How a table of hosts may be written. */
const layouts = fc.record({
    newline: fc.constantFrom('\n', '\r\n'),
    unit: fc.constantFrom('    ', '  ', '\t'),
    quote: fc.constantFrom("'", '"'),
    count: fc.integer({ min: 1, max: names.length }),
    comma: fc.boolean(),
    mark: fc.constantFrom('', '\uFEFF'),
    wrapper: fc.constantFrom<readonly [string, string]>(
        ['export default defineBoot({', '});'],
        ['export default ({', '} satisfies object);'],
        ['const spec = {', '} as const;\nexport default spec;'],
        ['const spec = {', '};\nexport { spec as default };'],
    ),
    above: fc.array(
        fc.constantFrom(
            '',
            '// of Anna',
            '/** @see door */',
            '/* two\n   lines */',
            '// a {',
            "// of 'B', {\n// who",
        ),
        {
            minLength: names.length,
            maxLength: names.length,
        },
    ),
    blank: fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }),
    trailing: fc.array(fc.constantFrom('', ' // corner', ' /* } */', '   '), {
        minLength: names.length,
        maxLength: names.length,
    }),
    form: fc.array(fc.constantFrom('line', 'lines', 'dense', 'call'), {
        minLength: names.length,
        maxLength: names.length,
    }),
    header: fc.constantFrom('', ' // the desks', ' /* { */'),
    footer: fc.constantFrom('', '// more to come', '/* } */'),
});

type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

interface Written {
    readonly before: string;
    /** Each host with what belongs to it, its lines complete. */
    readonly hosts: readonly { readonly name: string; readonly text: string }[];
    readonly after: string;
}

/** A configuration in pieces, of which a host's own can be left out. */
function write(layout: Layout): Written {
    const { unit, quote, comma, count } = layout;
    const q = (text: string) => `${quote}${text}${quote}`;
    const deep = unit + unit;
    const hosts = names.slice(0, count).map((name, index) => {
        const key = name.includes('-') ? q(name) : name;
        const value = {
            line: `{ mac: ${q(`${index}`)}, image: ${q(`rbd/${name}`)} }`,
            lines: `{\n${deep}${unit}mac: ${q(`${index}`)}, // its NIC\n${deep}${unit}image: ${q(`rbd/${name}`)},\n${deep}}`,
            dense: `{mac:${q(`${index}`)},image:${q(`rbd/${name}`)}}`,
            call: `made(${q(`${index}`)}, ${q(`rbd/${name}`)})`,
        }[layout.form[index] ?? 'line'];
        const above = (layout.above[index] ?? '')
            .split('\n')
            .map((line) => (line === '' ? '' : `${deep}${line}\n`))
            .join('');
        const last = index === count - 1;
        const text = `${above}${deep}${key}: ${value}${last && !comma ? '' : ','}${layout.trailing[index]}\n`;
        return { name, text };
    });
    const [open, close] = layout.wrapper;
    const before = `// {\nimport { defineBoot } from ${q('rbdboot')};\n\n${open}\n${unit}cluster: {},\n${unit}hosts:   {${layout.header}\n`;
    const after = `${layout.footer === '' ? '' : `\n${deep}${layout.footer}\n`}${unit}},\n${close}\n`;
    return { before, hosts, after };
}

function assemble(layout: Layout, { before, hosts, after }: Written): string {
    const blank = (index: number) => (layout.blank[index] && index > 0 ? '\n' : '');
    const body = hosts.map(({ name, text }) => blank(names.indexOf(name as never)) + text).join('');
    return layout.mark + (before + body + after).replaceAll('\n', layout.newline);
}

/** What the configuration means: its hosts, as running it gives them. */
function hostsOf(text: string): Record<string, { mac: string; image: string }> {
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText, diagnostics } = ts.transpileModule(text, {
        compilerOptions: options,
        reportDiagnostics: true,
    });
    expect(diagnostics).toEqual([]);
    const exported: { default?: { hosts: Record<string, { mac: string; image: string }> } } = {};
    const made = (mac: string, image: string) => ({ mac, image });
    const run = new Function('exports', 'require', 'made', outputText);
    run(exported, () => ({ defineBoot: (spec: unknown) => spec }), made);
    return exported.default?.hosts ?? {};
}

function edited(text: string, change: HostChange): string {
    const outcome = editHosts(text, change);
    if (!outcome.ok) {
        throw new Error(outcome.reason);
    }
    return outcome.text;
}

const host = { mac: '52:54:00:\'"\\', image: 'rbd/new' };

describe('editHosts, in whatever way the hosts are written', () => {
    it('adds a host and leaves every other byte', () => {
        fc.assert(
            fc.property(layouts, (layout) => {
                const text = assemble(layout, write(layout));
                const change: HostChange = { kind: 'add', name: 'new-1', host };
                const outcome = editHosts(text, change);
                expect(outcome.ok).toBe(true);
                if (!outcome.ok) {
                    return;
                }
                expect(hostsOf(outcome.text)).toEqual({ ...hostsOf(text), 'new-1': host });
                expect(outcome.changes.every(({ start, end }) => start === end)).toBe(true);
                const added = outcome.changes.map((one) => one.text);
                expect(added.filter((one) => one !== ',')).toHaveLength(1);
                expect(added.join('').startsWith(',')).toBe(!layout.comma);
                expect(without(outcome.text, outcome.changes)).toBe(text);
                const lines = outcome.text.split('\n').length;
                const returns = outcome.text.split('\r').length;
                expect(returns).toBe(layout.newline === '\n' ? 1 : lines);
            }),
            { numRuns: 150 },
        );
    });

    it('removes a host with its comments, and leaves every other byte', () => {
        fc.assert(
            fc.property(layouts, fc.nat(), (layout, pick) => {
                const written = write(layout);
                const index = pick % written.hosts.length;
                const name = written.hosts[index]?.name ?? '';
                const text = assemble(layout, written);
                const rest = written.hosts.map((one, at) => {
                    // The last host without a comma takes the one before it along.
                    const loses = !layout.comma && at === index - 1 && index === layout.count - 1;
                    const comma = one.text.lastIndexOf(`,${layout.trailing[at]}\n`);
                    return loses
                        ? { ...one, text: one.text.slice(0, comma) + one.text.slice(comma + 1) }
                        : one;
                });
                const hosts = rest.map((one, at) => (at === index ? { name, text: '' } : one));
                const expected = assemble(layout, { ...written, hosts });
                expect(edited(text, { kind: 'remove', name })).toBe(expected);
            }),
            { numRuns: 150 },
        );
    });

    it('sets a value and leaves every other byte', () => {
        fc.assert(
            fc.property(layouts, fc.nat(), (layout, pick) => {
                const name = names[pick % layout.count] ?? 'desk1';
                const text = assemble(layout, write(layout));
                const outcome = editHosts(text, {
                    kind: 'set',
                    name,
                    path: ['image'],
                    value: 'rbd/other',
                });
                if (layout.form[pick % layout.count] === 'call') {
                    expect(outcome).toMatchObject({ ok: false, paste: expect.any(String) });
                    return;
                }
                const q = layout.quote;
                const all = text.split(`${q}rbd/${name}${q}`);
                expect(outcome.ok && outcome.text).toBe(all.join(`${q}rbd/other${q}`));
            }),
            { numRuns: 150 },
        );
    });
});

/** The text without what was inserted, each piece at its own place. */
function without(text: string, changes: readonly TextChange[]): string {
    const ordered = [...changes].sort((one, other) => one.start - other.start);
    return ordered.reduce((rest, { start, text: piece }) => {
        expect(rest.slice(start, start + piece.length)).toBe(piece);
        return rest.slice(0, start) + rest.slice(start + piece.length);
    }, text);
}

/** The hosts alone, in a configuration around them. */
const around = (hosts: string) => `export default { cluster: {}, hosts: ${hosts} };\n`;

function change(hosts: string, one: HostChange): string {
    const text = edited(around(hosts), one);
    return text.slice(around('').indexOf(' }'), -' };\n'.length);
}

const add: HostChange = { kind: 'add', name: 'b', host: { mac: '1' } };
const remove = (name: string): HostChange => ({ kind: 'remove', name });
const set = (path: readonly [string, ...string[]], value: string | number): HostChange => ({
    kind: 'set',
    name: 'a',
    path,
    value,
});

describe('editHosts', () => {
    it.each<[string, HostChange, string]>([
        ['{}', add, "{\n    b: { mac: '1' },\n}"],
        ['{ /* none */ }', add, "{ /* none */ b: { mac: '1' } }"],
        ['{\n  // none\n}', add, "{\n  // none\n    b: { mac: '1' },\n}"],
        ['{ a: { mac: "0" } }', add, '{ a: { mac: "0" }, b: { mac: "1" } }'],
        ['{ a: {mac: "0"}, }', add, '{ a: {mac: "0"}, b: {mac: "1"}, }'],
        ['{a: {}/* x */}', add, "{a: {},/* x */ b: { mac: '1' }}"],
        ['{ a: 1, b: 2, c: 3 }', remove('b'), '{ a: 1, c: 3 }'],
        ['{ a: 1, b: 2, c: 3 }', remove('a'), '{ b: 2, c: 3 }'],
        ['{ a: 1, b: 2, c: 3 }', remove('c'), '{ a: 1, b: 2 }'],
        ['{ a: 1, b: 2, }', remove('b'), '{ a: 1, }'],
        ['{ a: 1, /* of b */ b: 2, c: 3 }', remove('b'), '{ a: 1, c: 3 }'],
        ['{ a: 1, /* of b */ b: 2, c: 3 }', remove('a'), '{ /* of b */ b: 2, c: 3 }'],
        ['{ a: 1, b: 2 /* of b */ }', remove('b'), '{ a: 1 }'],
        ['{\n a: 1, b: 2, // both\n}', remove('b'), '{\n a: 1, // both\n}'],
        ['{\n a: 1, b: 2, // both\n}', remove('a'), '{\n b: 2, // both\n}'],
        ['{\n a: 1 // of a\n , b: 2\n}', remove('a'), '{\n b: 2\n}'],
        ['{\n a: 1, // of a\n b: 2 }', remove('b'), '{\n a: 1 // of a\n  }'],
        ['{\n // floor 1\n\n // of a\n a: 1,\n}', remove('a'), '{\n // floor 1\n\n}'],
        ['{\n // z: { mac },\n a: 1,\n}', remove('a'), '{\n // z: { mac },\n}'],
        ['{ a: { mac: "0" } }', set(['mac'], '1'), '{ a: { mac: "1" } }'],
        ["{ a: { mac: '0' as const } }", set(['mac'], '1'), "{ a: { mac: '1' } }"],
        ['{ a: {} as Host }', set(['n'], 1), '{ a: {\n    n: 1,\n} as Host }'],
        [
            "{ a: { mac: '0', } }",
            set(['mapOptions', 'queue_depth'], 8),
            "{ a: { mac: '0', mapOptions: { queue_depth: 8 }, } }",
        ],
        [
            '{ a: { mapOptions: { notrim: true } } }',
            set(['mapOptions', 'queue_depth'], 8),
            '{ a: { mapOptions: { notrim: true, queue_depth: 8 } } }',
        ],
    ])('%s', (before, one, after) => {
        expect(change(before, one)).toBe(after);
    });

    it.each<[string, HostChange, string]>([
        ['...fleet()', add, 'there is no one entry'],
        ['hosts: fleet()', add, '"hosts" is what fleet() returns'],
        ['hosts: { ...fleet() }', add, 'among the hosts is a spread, ...fleet()'],
        ['hosts: { [name]: {} }', add, 'among the hosts is a computed name, [name]: {}'],
        ['hosts', add, '"hosts" is no object that is written in this file'],
        ['hosts: { b: {} }', set(['mac'], '1'), 'there is no entry a'],
        ['hosts: { a: made() }', set(['mac'], '1'), 'a is no object'],
        ['hosts: { a: { mac: "0", ...base } }', set(['mac'], '1'), 'behind mac stands ...base'],
        ['hosts: { a: { mac } }', set(['mac'], '1'), 'mac has no value that is written'],
        ['hosts: { a: { l: [/* x */] } }', set(['l'], '1'), 'the value of l has a comment in it'],
    ])('refuses %s', (entry, one, reason) => {
        const text = `import { hosts, name, base } from './else.ts';\nexport default { ${entry} };\n`;
        expect(editHosts(text, one)).toMatchObject({
            ok: false,
            reason: expect.stringContaining(reason),
        });
    });

    it('gives the text to paste in place of an edit', () => {
        expect(editHosts('export default make();\n', add)).toMatchObject({
            ok: false,
            paste: `add under "hosts": b: { mac: '1' },`,
        });
    });
});
