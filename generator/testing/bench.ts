/**
 * Measures against the budgets, and closes with one line a budget:
 * `budget NAME MEASURED LIMIT ok|over`. Seconds are the median of several runs of the real program,
 * ratios those to a baseline of the same run; exits with 1 if a budget is over.
 *
 * Usage: bench.ts [--only NAME]
 */
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';

interface Measured {
    readonly seconds: number;
    /** The largest resident set, in MB of 1024 * 1024 bytes. */
    readonly megabytes: number;
}

interface Budget {
    readonly name: string;
    readonly unit: string;
    readonly limit: number;
    readonly measure: (folder: string) => Promise<number>;
}

const program = 'dist/cli/main.js';

async function runOnce(args: readonly string[]): Promise<Measured> {
    const start = performance.now();
    const { stderr } = await execa('/usr/bin/time', ['-f', '%M', 'node', program, ...args]);
    return {
        seconds: (performance.now() - start) / 1000,
        megabytes: Number(stderr.split('\n').at(-1)) / 1024,
    };
}

async function median(args: readonly string[], runs: number): Promise<Measured> {
    const all: Measured[] = [];
    for (let run = 0; run < runs; run++) {
        all.push(await runOnce(args));
    }
    all.sort((one, other) => one.seconds - other.seconds);
    return all[Math.floor(runs / 2)] ?? { seconds: Number.NaN, megabytes: Number.NaN };
}

/** A configuration with this many hosts, computed as a large site does, that share an initrd. */
function configuration(folder: string, hosts: number): string {
    const file = join(folder, `${hosts}.config.ts`);
    writeFileSync(
        file,
        `import { defineBoot, type HostSpec } from 'rbdboot';

const hex = (number: number): string => (number & 255).toString(16).padStart(2, '0');
const hosts: Record<string, HostSpec> = {};
for (let index = 0; index < ${hosts}; index++) {
    hosts[\`node\${index}\`] = {
        mac: \`52:54:00:\${hex(index >> 16)}:\${hex(index >> 8)}:\${hex(index)}\`,
        image: \`rbd/hosts/node\${index}\`,
        filesystem: 'ext4',
    };
}

export default defineBoot({
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10'],
        client: 'nodes',
        keyring: './keyring',
    },
    initrd: 'shared',
    hosts,
});
`,
    );
    writeFileSync(
        join(folder, 'keyring'),
        '[client.nodes]\n\tkey = AQAAAAAAAAAAABAAc2VjcmV0IG9mIGEgdGVzdA==\n',
        { mode: 0o600 },
    );
    return file;
}

let outputs = 0;

/**
 * Writes the boot server's directory for so many hosts, from nothing. What it wrote stays until the
 * end: ext4 does not give out an inode that was freed a moment ago, and looks for others instead.
 */
async function generate(folder: string, hosts: number): Promise<Measured> {
    const config = configuration(folder, hosts);
    const all: Measured[] = [];
    for (let run = 0; run < 3; run++) {
        outputs += 1;
        all.push(await runOnce(['ipxe', '--config', config, '--out', join(folder, `${outputs}`)]));
    }
    all.sort((one, other) => one.seconds - other.seconds);
    return all[1] ?? { seconds: Number.NaN, megabytes: Number.NaN };
}

/** What `vm-tests/bench.ts` writes of each initrd that it booted. */
interface BootResult {
    readonly name: string;
    readonly bytes: number;
    /** Seconds from the start of `/init` until root is mounted. */
    readonly initToRoot: number;
}

const bootResults = 'build/results/boot-bench.json';
let booted: readonly BootResult[] | undefined;

/** What one initrd has or takes, in relation to another of the same run. */
async function ratio(one: string, other: string, of: 'bytes' | 'initToRoot'): Promise<number> {
    if (booted === undefined) {
        mkdirSync('build/results', { recursive: true });
        const boots = ['--import', 'tsx', 'vm-tests/bench.ts', resolve(bootResults)];
        await execa('node', boots, { stdout: 2, stderr: 'inherit' });
        booted = JSON.parse(readFileSync(bootResults, 'utf8')) as readonly BootResult[];
    }
    const [first, second] = [one, other].map((name) => booted?.find((row) => row.name === name));
    return (first?.[of] ?? Number.NaN) / (second?.[of] ?? Number.NaN);
}

/** From no process at all until an image can be made in the lab's cluster: the median of three. */
async function clusterSeconds(folder: string): Promise<number> {
    const file = join(folder, 'cluster.json');
    const start = ['--import', 'tsx', 'vm-tests/bench-cluster.ts', file];
    await execa('node', start, { stdout: 2, stderr: 'inherit' });
    const [, middle = Number.NaN] = (JSON.parse(readFileSync(file, 'utf8')) as number[]).sort(
        (one, other) => one - other,
    );
    return middle;
}

/** A machine that mends its small root and starts it: the least that there is to a scenario. */
const minimalScenario = 'F30.mended';

/**
 * All that `make vm-test` does for one scenario, with everything in the cache that a run leaves there:
 * namespaces, cluster, servers, the boot, the report. It writes apart from real runs, whose history
 * this is no part of.
 */
async function warmScenarioSeconds(): Promise<number> {
    const build = resolve('build/bench');
    mkdirSync(build, { recursive: true });
    mkdirSync('build/cache', { recursive: true, mode: 0o700 });
    if (!existsSync(join(build, 'cache'))) {
        symlinkSync('../cache', join(build, 'cache'));
    }
    const run = async () => {
        const start = performance.now();
        await execa('node', ['--import', 'tsx', 'vm-tests/run-scenarios.ts'], {
            env: { RBDBOOT_BUILD: build, ONLY: minimalScenario, TIER: '', LANE: '' },
            stdout: 2,
            stderr: 'inherit',
        });
        return (performance.now() - start) / 1000;
    };
    await run();
    return run();
}

const budgets: readonly Budget[] = [
    {
        name: 'help',
        unit: 's',
        limit: 0.2,
        measure: async () => (await median(['--help'], 9)).seconds,
    },
    {
        name: 'check-10-hosts',
        unit: 's',
        limit: 1.5,
        measure: async (folder) =>
            (await median(['check', '--config', configuration(folder, 10)], 5)).seconds,
    },
    {
        name: 'generate-10000-hosts',
        unit: 's',
        limit: 3,
        measure: async (folder) => (await generate(folder, 10_000)).seconds,
    },
    {
        name: 'generate-10000-hosts-memory',
        unit: 'MB',
        limit: 300,
        measure: async (folder) => (await generate(folder, 10_000)).megabytes,
    },
    {
        // Twice the hosts take twice the time, and a quarter more for noise.
        name: 'generate-linear',
        unit: 'times',
        limit: 2.5,
        measure: async (folder) =>
            (await generate(folder, 10_000)).seconds / (await generate(folder, 5_000)).seconds,
    },
    {
        name: 'initrd-size',
        unit: 'times',
        limit: 0.19,
        measure: () => ratio('rbdboot', 'hand-written', 'bytes'),
    },
    {
        name: 'init-to-root',
        unit: 'times',
        limit: 0.3,
        measure: () => ratio('rbdboot', 'hand-written', 'initToRoot'),
    },
    {
        name: 'init-to-root-dhcp',
        unit: 'times',
        limit: 0.6,
        measure: () => ratio('rbdboot, DHCP', 'hand-written', 'initToRoot'),
    },
    {
        name: 'vm-cluster',
        unit: 's',
        limit: 6,
        measure: clusterSeconds,
    },
    {
        name: 'vm-minimal-scenario',
        unit: 's',
        limit: 45,
        measure: warmScenarioSeconds,
    },
];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = budgets.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
    const names = budgets.map(({ name }) => name).join(', ');
    process.stderr.write(`no budget ${values.only}: there are ${names}\n`);
    process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'rbdboot-bench-'));
const lines: string[] = [];
try {
    for (const { name, unit, limit, measure } of chosen) {
        process.stderr.write(`measuring ${name}\n`);
        const measured = await measure(folder);
        const verdict = measured <= limit ? 'ok' : 'over';
        lines.push(`budget ${name} ${measured.toFixed(2)}${unit} ${limit}${unit} ${verdict}`);
    }
} finally {
    rmSync(folder, { recursive: true });
}
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = lines.every((line) => line.endsWith(' ok')) ? 0 : 1;
