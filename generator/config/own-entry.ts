import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `import … from 'rbdboot'` stands for in a configuration, as absolute paths. */
export interface OwnEntry {
    /** What runs: `index.ts` from the source tree, `index.js` from the package. */
    readonly code: string;
    /** What the compiler reads: `index.ts` or `index.d.ts`. */
    readonly types: string;
}

/** A configuration may lie anywhere, without a node_modules that has rbdboot: it gets this one. */
export function findOwnEntry(): OwnEntry {
    const self = fileURLToPath(import.meta.url);
    const entry = resolve(dirname(self), '..', 'index');
    return extname(self) === '.ts'
        ? { code: `${entry}.ts`, types: `${entry}.ts` }
        : { code: `${entry}.js`, types: `${entry}.d.ts` };
}
