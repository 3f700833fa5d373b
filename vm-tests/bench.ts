// Boots our initrd and two baselines in turn, and writes what it measured to a file: `make bench`.
// Usage: bench.ts FILE
import { runPrepared } from './preparation.ts';

await runPrepared('bench-inside', process.argv.slice(2), ['plain', 'with-rbd-program']);
