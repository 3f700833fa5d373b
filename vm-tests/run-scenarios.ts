// Boots machines in every scenario, or in those whose names have what ONLY says: `make vm-test`.
// Further arguments go to vitest.
import { runPrepared } from './preparation.ts';

await runPrepared('scenarios-inside.ts', process.argv.slice(2));
