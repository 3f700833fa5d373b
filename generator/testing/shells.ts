import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A shell that runs what the printer prints. */
export interface Shell {
    readonly name: string;
    readonly command: readonly [string, ...string[]];
    /** Defines `dump`, which prints each of its arguments with a NUL behind it. */
    readonly prelude: string;
}

const dump = `dump() { printf '%s\\0' "$@"; }\n`;

// mksh has no builtin printf; one process a word would make the tests last minutes.
const dumpInMksh = [
    'dump() { for dumped in "$@"; do print -rn -- "$dumped"; print -n "\\0"; done; }',
    `printf() { case "$1" in '%s') print -rn -- "$2" ;; '%s\\n') print -r -- "$2" ;; esac; }`,
    '',
].join('\n');

/** The shells of initramfs-tools (dash is klibc's, and Debian's) and two that grew up apart. */
export const shells: readonly Shell[] = [
    { name: 'dash', command: ['dash'], prelude: dump },
    { name: 'busybox', command: ['busybox', 'sh'], prelude: dump },
    { name: 'bash', command: ['bash', '--posix'], prelude: dump },
    { name: 'mksh', command: ['mksh'], prelude: dumpInMksh },
];

export interface Ran {
    readonly status: number | null;
    readonly output: Buffer;
    readonly errors: string;
}

/** Runs a file in a shell, with nothing of the caller's environment but PATH. */
export function runFile(shell: Shell, file: string, directory: string): Ran {
    const [program, ...args] = shell.command;
    return runProgram(program, [...args, file], directory);
}

export function runProgram(program: string, args: readonly string[], directory: string): Ran {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
        cwd: directory,
        env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 28,
    });
    if (error !== undefined) {
        throw new Error(`${program} cannot be run: is its package installed?`, { cause: error });
    }
    return { status, output: stdout, errors: stderr.toString() };
}

/** Runs a script in the shell, behind its prelude. */
export function runScript(shell: Shell, script: string | Buffer): Ran {
    return withDirectory((directory) => {
        const file = join(directory, 'script');
        writeFileSync(file, Buffer.concat([Buffer.from(shell.prelude), Buffer.from(script)]));
        return runFile(shell, file, directory);
    });
}

export function withDirectory<Result>(use: (directory: string) => Result): Result {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-sh-'));
    try {
        return use(directory);
    } finally {
        rmSync(directory, { recursive: true });
    }
}
