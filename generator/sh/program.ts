import type { Program, ProgramSource } from './ast.ts';
import { frozen } from './frozen.ts';
import { evaluatorNames, reservedWords } from './reserved-words.ts';

/** Where every initramfs looks for programs (PATH in the init of initramfs-tools). */
const searched = ['/bin', '/sbin', '/usr/bin', '/usr/sbin'];

/**
 * A program of the root, which the hook copies into the initrd with its libraries.
 *
 * @param options `endsThreads`: it needs libgcc_s, which no program is linked with: glibc loads it
 * when a thread ends (pthread_exit(3), pthread_cancel(3)), and aborts if it is not there.
 */
export function rootProgram(
    path: `/${string}`,
    options: { readonly endsThreads?: true } = {},
): Program {
    const end = path.lastIndexOf('/');
    const name = path.slice(end + 1);
    checkName(name);
    if (!/^(\/[A-Za-z0-9_.+-]+)+$/.test(path) || /\/\.\.?(\/|$)/.test(path)) {
        throw new RangeError(`${JSON.stringify(path)} is not a path for a program`);
    }
    const called = searched.includes(path.slice(0, end)) ? name : path;
    return frozen<Program>({ kind: 'program', name: called, source: 'root', path, ...options });
}

/** An applet of busybox, under the name that initramfs-tools links it to. */
export function busyboxApplet(name: string): Program {
    return named(name, 'busybox');
}

/** A program that every initramfs of the target has. */
export function initramfsProgram(name: string): Program {
    return named(name, 'initramfs');
}

/** A function that the target's own library defines. */
export function targetFunction(name: string): Program {
    return named(name, 'target');
}

/** Builtins that do the same in every shell and take no argument for shell text. */
export type BuiltinName = ':' | 'true' | 'false' | 'cd' | 'umask' | 'kill' | 'wait';

/** A builtin of the shell. To print, see `print` and `printing`: data is no format there. */
export function builtin(name: BuiltinName): Program {
    return frozen<Program>({ kind: 'program', name, source: 'builtin' });
}

function named(name: string, source: ProgramSource): Program {
    checkName(name);
    return frozen<Program>({ kind: 'program', name, source });
}

function checkName(name: string): void {
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name) || reservedWords.has(name)) {
        throw new RangeError(`${JSON.stringify(name)} is not a name for a program`);
    }
    if (evaluatorNames.has(name)) {
        throw new RangeError(`${name} would read an argument as shell text`);
    }
}
