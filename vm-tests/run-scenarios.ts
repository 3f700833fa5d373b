// Boots machines in every scenario, or in those whose names have what ONLY says: `make vm-test`.
// Further arguments go to vitest.
import { runPrepared } from './preparation.ts';
import { rootsOfSites } from './sites/recipes.ts';
import { firstTierAlone } from './tier.ts';

const roots = firstTierAlone ? undefined : rootsOfSites();
await runPrepared('scenarios-inside', process.argv.slice(2), roots);
