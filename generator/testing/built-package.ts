import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Compiles rbdboot into a folder, as it is when it is installed from a package.
 *
 * @returns the path of the program.
 */
export async function buildPackage(folder: string): Promise<string> {
    const project = ['--project', join(repository, 'tsconfig.build.json')];
    await execa('node', [
        join(repository, 'node_modules/typescript/bin/tsc'),
        ...project,
        ...['--outDir', join(folder, 'dist')],
        ...['--tsBuildInfoFile', join(folder, 'dist/build.tsbuildinfo')],
    ]);
    copyFileSync(join(repository, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    return join(folder, 'dist/cli/main.js');
}
