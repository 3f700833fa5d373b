import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { type RenderOptions, renderDiagnostic, renderDiagnostics, wantsColour } from './render.ts';

const source = 'export default {\n\thosts: { a: 1 },\n};\n';
const plain: RenderOptions = {
    colour: false,
    directory: '/etc/rbdboot',
    readSource: (file) => (file.endsWith('boot.config.ts') ? source : undefined),
};
const diagnostic: Diagnostic = {
    code: 'RB106',
    severity: 'error',
    message: 'hosts.a is 1, but must be an object',
    hint: 'write { … }',
    location: { file: '/etc/rbdboot/boot.config.ts', line: 2, column: 14 },
};

describe('renderDiagnostic', () => {
    it('shows place, code, message, line and hint', () => {
        expect(renderDiagnostic(diagnostic, plain)).toBe(
            [
                'boot.config.ts:2:14: error RB106: hosts.a is 1, but must be an object',
                '',
                '     2 | \thosts: { a: 1 },',
                '       | \t            ^',
                '',
                '    hint: write { … }',
                '',
            ].join('\n'),
        );
    });

    it('names files elsewhere in full, and shows no line of one that it cannot read', () => {
        const location = { file: '/srv/hosts.ts', line: 1, column: 1 };
        expect(renderDiagnostic({ ...diagnostic, location, message: 'x' }, plain)).toBe(
            '/srv/hosts.ts:1:1: error RB106: x\n\n    hint: write { … }\n',
        );
    });

    it('does without a place and a hint', () => {
        const bare: Diagnostic = { code: 'RB301', severity: 'warning', message: 'no root' };
        expect(renderDiagnostic(bare, plain)).toBe('warning RB301: no root\n');
    });

    it("keeps the lines of the compiler's longer messages", () => {
        const nested: Diagnostic = {
            code: 'TS2322',
            severity: 'error',
            message: 'Type A is not B.\n  Types of c differ.',
        };
        expect(renderDiagnostic(nested, plain)).toBe(
            'error TS2322: Type A is not B.\n  Types of c differ.\n',
        );
    });

    it('colours when it may, and only then', () => {
        expect(renderDiagnostic(diagnostic, plain)).not.toContain('\u001b');
        expect(renderDiagnostic(diagnostic, { ...plain, colour: true })).toContain('\u001b[31m');
    });
});

it('counts several', () => {
    const bare: Diagnostic = { code: 'RB301', severity: 'error', message: 'x' };
    expect(renderDiagnostics([bare, bare], plain)).toBe(
        'error RB301: x\n\nerror RB301: x\n\n2 errors\n',
    );
    const warning: Diagnostic = { ...bare, severity: 'warning' };
    expect(renderDiagnostics([bare, warning, warning], plain)).toMatch(/\n1 error, 2 warnings\n$/);
});

it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{}, {}, false],
])('wantsColour(%j, %j) is %j', (stream, environment, expected) => {
    expect(wantsColour(stream, environment)).toBe(expected);
});
