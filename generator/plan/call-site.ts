import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Location } from '../diagnostics/diagnostic.ts';

const ownSource = dirname(dirname(fileURLToPath(import.meta.url))) + sep;

/**
 * The innermost line of the stack that is not rbdboot's own: where the author of a plan wrote what
 * is being recorded. `undefined` where only rbdboot is on the stack, as for a plan of data alone.
 */
export function callSite(stack: string | undefined): Location | undefined {
    for (const line of (stack ?? '').split('\n')) {
        const match = /(?:\(|at )(?:file:\/\/)?(\/[^()]*):(\d+):(\d+)\)?$/.exec(line);
        const [, file = '', row = '', column = ''] = match ?? [];
        const own = file.startsWith(ownSource) && !/\.test\.ts$/.test(file);
        if (file !== '' && !own && !file.includes(`${sep}node_modules${sep}`)) {
            return { file, line: Number(row), column: Number(column) };
        }
    }
    return undefined;
}
