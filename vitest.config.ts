import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { rbdboot: fileURLToPath(new URL('generator/index.ts', import.meta.url)) };

export default defineConfig({
    test: {
        projects: [
            {
                resolve: { alias },
                test: {
                    name: 'unit',
                    include: ['generator/**/*.test.ts', 'vm-tests/**/*.test.ts'],
                    typecheck: { enabled: true, include: ['generator/**/*.test-d.ts'] },
                },
            },
            {
                resolve: { alias },
                test: {
                    name: 'vm',
                    include: ['vm-tests/scenarios/**/*.scenario.ts'],
                    testTimeout: 600_000,
                    hookTimeout: 600_000,
                    // One cluster and one bridge serve all scenarios, one after the other.
                    fileParallelism: false,
                    // Scenarios that wait most of the time do it together.
                    maxConcurrency: 3,
                    retry: 0,
                },
            },
        ],
    },
});
