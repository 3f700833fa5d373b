/**
 * Runs what a change has to pass, stage by stage, and closes with the line `N passed, N failed`
 * that counts all that ran. Cheap stages come first; a failure does not stop the later ones.
 *
 * Usage: run-all.ts [--only STAGE]
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { addCounts, type Counts, countClosingLine, countReport, countTap } from './count.ts';

interface Stage {
    readonly name: string;
    readonly command: readonly [string, ...string[]];
    /** How its tests are counted; a stage without a count of its own is one test. */
    readonly counted?: 'report' | 'tap' | 'closing-line';
}

const results = 'build/results';

function vitestStage(name: string, ...command: readonly [string, ...string[]]): Stage {
    const report = [
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${results}/${name}.json`,
    ];
    return { name, command: [...command, ...report], counted: 'report' };
}

const stages: readonly (Stage & { readonly group: string })[] = [
    { group: 'static', name: 'format', command: ['node_modules/.bin/biome', 'check', '.'] },
    { group: 'static', name: 'types', command: ['node_modules/.bin/tsc', '--project', '.'] },
    { group: 'static', name: 'scripts', command: ['sh', 'generator/testing/check-own-shell.sh'] },
    {
        group: 'unit',
        ...vitestStage('unit', 'node_modules/.bin/vitest', 'run', '--project', 'unit'),
    },
    {
        group: 'shell',
        name: 'shell',
        command: ['bats', '--formatter', 'tap', '--recursive', 'generator'],
        counted: 'tap',
    },
    {
        group: 'vm',
        name: 'vm',
        command: ['node', '--import', 'tsx', 'vm-tests/run-scenarios.ts'],
        counted: 'closing-line',
    },
    {
        group: 'vm',
        name: 'package',
        command: ['node', '--import', 'tsx', 'vm-tests/prove-package.ts'],
        counted: 'closing-line',
    },
    {
        group: 'vm',
        name: 'cleanup',
        command: ['node', '--import', 'tsx', 'vm-tests/prove-cleanup.ts', '3'],
        counted: 'closing-line',
    },
];

async function runStage(stage: Stage): Promise<Counts> {
    const [program, ...args] = stage.command;
    process.stdout.write(`\n== ${stage.name}: ${stage.command.join(' ')}\n`);
    const result = await execa(program, args, {
        reject: false,
        stdin: 'inherit',
        stdout: ['pipe', 'inherit'],
        stderr: 'inherit',
        // Those for each change take some minutes, all of them many more: make vm-test runs all.
        env: { TIER: process.env.TIER ?? 'change' },
    });
    const ended = result.exitCode === 0;
    switch (stage.counted) {
        case 'report':
            return countReport(`${results}/${stage.name}.json`, ended);
        case 'tap':
            return countTap(result.stdout, ended);
        case 'closing-line':
            return countClosingLine(result.stdout, ended);
        default:
            return ended ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = stages.filter(({ group }) => values.only === undefined || group === values.only);
if (chosen.length === 0) {
    const groups = [...new Set(stages.map(({ group }) => group))].join(', ');
    process.stderr.write(`no stage ${values.only}: there are ${groups}\n`);
    process.exit(2);
}
mkdirSync(results, { recursive: true });
const summary: string[] = [];
let total: Counts = { passed: 0, failed: 0 };
for (const stage of chosen) {
    const start = performance.now();
    const counts = await runStage(stage);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    summary.push(
        `${stage.name.padEnd(10)} ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`,
    );
    total = addCounts(total, counts);
}
process.stdout.write(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
