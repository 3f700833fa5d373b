import { describe, expect, it } from 'vitest';
import type { Program } from './ast.ts';
import { argumentOf, defineFunction, variable } from './function.ts';
import { busyboxApplet, initramfsProgram, rootProgram, targetFunction } from './program.ts';

const factories: readonly [string, (name: string) => Program][] = [
    ['busyboxApplet', busyboxApplet],
    ['initramfsProgram', initramfsProgram],
    ['targetFunction', targetFunction],
    ['rootProgram', (name) => rootProgram(`/usr/bin/${name}`)],
];

describe.each(factories)('%s', (_, factory) => {
    it.each(['mount.ceph', 'run-parts', 'a_b', '7z', 'g++'])('takes %s', (name) => {
        expect(factory(name).name).toBe(name);
    });

    it.each(['', 'a b', 'a;b', '-x', '$x', 'a=b', 'if', 'done', "a'b", 'a\n', '[', '!', '{', '~'])(
        'refuses %j, which the shell would not take for a name',
        (name) => {
            expect(() => factory(name)).toThrow(RangeError);
        },
    );

    it.each(['sh', 'eval', 'exec', 'bash', 'source', 'trap', 'su'])(
        'refuses %s, which reads an argument as shell text',
        (name) => {
            expect(() => factory(name)).toThrow(/shell text/);
        },
    );
});

describe('rootProgram', () => {
    it.each(['/bin', '/sbin', '/usr/bin', '/usr/sbin'] as const)(
        'calls one in %s by its name',
        (directory) => {
            const program = rootProgram(`${directory}/keyctl`);
            expect(program).toMatchObject({ name: 'keyctl', path: `${directory}/keyctl` });
        },
    );

    it('calls one elsewhere by its path', () => {
        expect(rootProgram('/usr/lib/ceph/tool').name).toBe('/usr/lib/ceph/tool');
        expect(rootProgram('/usr/lib/x/bin/tool').name).toBe('/usr/lib/x/bin/tool');
    });

    it.each(['/usr/../bin/a', '/a b/c', '/usr//a', '/$x/a', '/./a'] as const)(
        'refuses %s',
        (path) => {
            expect(() => rootProgram(path)).toThrow(RangeError);
        },
    );
});

describe('variable', () => {
    it.each(['x', 'PREREQ', '_x', 'a1'])('takes %s', (name) => {
        expect(variable(name, 'script').name).toBe(name);
    });

    it.each(['', '1', '_', 'a b', 'a-b', 'a=b', '$x', 'é', 'x;reboot', 'x\n'])(
        'refuses %j',
        (name) => {
            expect(() => variable(name, 'script')).toThrow(RangeError);
        },
    );
});

describe('defineFunction', () => {
    it.each(['if', 'test', 'printf', 'local', 'a-b', 'a b', '1a', 'A', '', 'f;reboot'])(
        'refuses the name %j',
        (name) => {
            expect(() => defineFunction(name, [], [])).toThrow(RangeError);
        },
    );

    it('refuses locals that are not local', () => {
        expect(() => defineFunction('f', [], [], [variable('x', 'script')])).toThrow(RangeError);
    });

    it('leaves the arrays of its caller alone', () => {
        const locals = [variable('x', 'local')];
        const made = defineFunction('f', [], [], locals);
        locals.push(variable('y', 'local'));
        expect(made.locals).toHaveLength(1);
    });
});

it('names arguments by their position', () => {
    expect(argumentOf(9)).toMatchObject({ kind: 'positional', name: '9' });
});
