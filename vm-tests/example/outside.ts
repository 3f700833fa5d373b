// Breaks a boot on purpose and keeps its bundle as an example: `make example-bundle`.
import { runPrepared } from '../preparation.ts';

await runPrepared('example/inside', []);
