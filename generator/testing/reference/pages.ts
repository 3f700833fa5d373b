import { fileURLToPath } from 'node:url';
import { openPublicInterface } from '../../typescript/reference.ts';
import { codesPage } from './codes-page.ts';
import { commandLinePage } from './command-line-page.ts';
import { configurationPage } from './configuration-page.ts';

/** The files that are made of the source: path below the repository -> text. */
export function referencePages(): Readonly<Record<string, string>> {
    const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    const exported = openPublicInterface(path('generator/index.ts'), path('tsconfig.json'));
    return {
        'docs/reference/configuration.md': configurationPage(exported),
        'docs/reference/codes.md': codesPage(),
        'docs/reference/command-line.md': commandLinePage(),
        'generator/api.txt': `${exported.signatures().join('\n')}\n`,
    };
}
