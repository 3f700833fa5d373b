// Boots machines in every scenario, or in those whose names have what ONLY says: `make vm-test`.
// Further arguments go to vitest.
import { type RootFlavourName, rootFlavours } from './images/base-root.ts';
import { runPrepared } from './preparation.ts';
import { firstTierAlone } from './tier.ts';

const all = Object.keys(rootFlavours) as RootFlavourName[];
await runPrepared('scenarios-inside.ts', process.argv.slice(2), firstTierAlone ? undefined : all);
