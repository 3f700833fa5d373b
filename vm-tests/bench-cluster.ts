// Starts the cluster of the lab some times, and writes the seconds of each to a file: `make bench`.
// Usage: bench-cluster.ts FILE
import { runPrepared } from './preparation.ts';

await runPrepared('bench-cluster-inside', process.argv.slice(2), []);
