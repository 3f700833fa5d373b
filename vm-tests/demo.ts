// Boots the example machine as a rack would, from power-on to the login prompt: `make demo`.
import { runPrepared } from './preparation.ts';

await runPrepared('demo-inside', []);
