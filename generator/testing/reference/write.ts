/** Writes the pages of docs/reference that are made of the source. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { referencePages } from './pages.ts';

for (const [path, text] of Object.entries(referencePages())) {
    writeFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), text);
    process.stdout.write(`wrote ${path}\n`);
}
