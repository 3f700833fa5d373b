import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './vm-tests/longest-first.ts';

const alias = { rbdboot: fileURLToPath(new URL('generator/index.ts', import.meta.url)) };

const scenarios = {
    // A scenario waits for its machines, and then limits itself.
    testTimeout: 0,
    hookTimeout: 600_000,
    // How many machines have power at the same time is not up to vitest: see vm-tests/broker.ts. Those
    // that wait need little, and several of them may wait for one that has what they all need.
    pool: 'forks',
    // A process goes on with the next file. To begin one takes two seconds of a processor, with the
    // compiler that checks configurations. What its modules remember is true of the whole run.
    isolate: false,
    maxWorkers: 16,
    maxConcurrency: 40,
    retry: 0,
} as const;

export default defineConfig({
    test: {
        sequence: { sequencer: LongestFirst },
        projects: [
            {
                resolve: { alias },
                test: {
                    name: 'unit',
                    // Most take milliseconds; on a machine that does other things as well, many times that.
                    testTimeout: 30_000,
                    include: ['generator/**/*.test.ts', 'vm-tests/**/*.test.ts'],
                    typecheck: { enabled: true, include: ['generator/**/*.test-d.ts'] },
                },
            },
            {
                resolve: { alias },
                test: {
                    name: 'vm',
                    include: ['vm-tests/scenarios/**/*.scenario.ts'],
                    ...scenarios,
                },
            },
            {
                resolve: { alias },
                // What a scenario about runs runs: some of them must not pass.
                test: {
                    name: 'broken-runs',
                    include: ['vm-tests/broken/runs/*.scenario.ts'],
                    ...scenarios,
                },
            },
        ],
    },
});
