// Boots one host of a configuration in a lab of its own: what `rbdboot vm-test` runs.
import { runPrepared } from './preparation.ts';

await runPrepared('vm-test-inside', process.argv.slice(2));
