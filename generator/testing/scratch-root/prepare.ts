/**
 * Prepares what all shell-level tests of one run share: the freshly emitted files of the tested
 * hosts, so a change of a step is tested without anything to run before, and the shell that runs
 * them.
 *
 * Usage: prepare.ts DIRECTORY
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileValues } from '../hostile-values.ts';
import { emitHosts } from './emit-hosts.ts';
import { writePathShell } from './path-shell.ts';

const [directory] = process.argv.slice(2);
if (directory === undefined) {
    throw new Error('usage: prepare.ts DIRECTORY');
}
await Promise.all([emitHosts(join(directory, 'hosts')), writePathShell(join(directory, 'sh'))]);
const values = join(directory, 'values');
mkdirSync(values);
for (const [index, value] of hostileValues.entries()) {
    writeFileSync(join(values, String(index).padStart(3, '0')), value);
}
