import { join } from 'node:path';
import { execa } from 'execa';
import { projectDirectory } from './build-directory.ts';
import { hashOf } from './content-cache.ts';
import { filesIn } from './files-in.ts';

const directory = join(projectDirectory, 'dist');

/** Runs a command of the released program, as its users do. @returns what it said on its error output. */
export async function runReleased(...words: readonly string[]): Promise<string> {
    return (await execa(process.execPath, [join(directory, 'cli/main.js'), ...words])).stderr;
}

/** The hash of the released program: what it made before is not made anew while this is the same. */
export async function releasedHash(): Promise<string> {
    const files = Object.entries(await filesIn(directory));
    // Beside the program there is the lab, of which nothing goes into what the program makes.
    return hashOf(Object.fromEntries(files.filter(([name]) => !/^lab\/|tsbuildinfo$/.test(name))));
}
