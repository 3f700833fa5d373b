/**
 * Makes the folder of a new step, with a test that runs. Usage: new-step.ts NAME
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    process.stderr.write(
        'usage: make new-step NAME=set-clock (lower case, words joined with "-")\n',
    );
    process.exit(2);
}
const folder = fileURLToPath(new URL(`../steps/${name}/`, import.meta.url));
if (existsSync(folder)) {
    process.stderr.write(`there is a step ${name} already: ${folder}\n`);
    process.exit(1);
}
const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const type = camel.replace(/^./, (letter) => letter.toUpperCase());

const step = `import { defineStep } from '../../plan/step.ts';
import type { Net } from '../../plan/token.ts';
import { busyboxApplet, command, ignore, run } from '../../sh/build.ts';
import { word } from '../../sh/word.ts';

export interface ${type}Input {
    readonly net: Net;
}

const ip = busyboxApplet('ip');

/** What the step achieves, and for whom. */
export const ${camel} = defineStep<${type}Input, Net>('${name}', {
    contract: ['says what it does, what it needs and what it sets.'],
    boot: (scope, { net }) => ({
        statements: [
            run(
                command(ip, ['addr', 'show', 'dev', net.interface]),
                ignore('it is for the console'),
            ),
            scope.say(word\`ran on \${net.interface}\`),
        ],
        achieved: { interface: net.interface },
    }),
});
`;

const test = `import { expect, it } from 'vitest';
import { buildPlan } from '../../plan/plan.ts';
import type { Net } from '../../plan/token.ts';
import { perform } from '../../sh/build.ts';
import { printScript } from '../../sh/print.ts';
import { aHost } from '../../testing/builders.ts';
import { network } from '../network/network.ts';
import { ${camel} } from './${name}.ts';

it('prints what it runs', () => {
    const plan = buildPlan({ dhcp: () => [], handOverRoot: () => [] }, (builder) => {
        const { mac, address } = aHost();
        const net: Net = builder.step(network({ mac, address }));
        builder.step(${camel}({ net }));
    });
    const steps = plan.ok ? plan.value['before-root'].steps : [];
    const main = steps.map((step) => perform(step.function));
    expect(printScript({ kind: 'script', header: [], preamble: [], main })).toContain(
        'ip addr show dev "$interface"',
    );
});
`;

mkdirSync(folder);
writeFileSync(join(folder, `${name}.ts`), step);
writeFileSync(join(folder, `${name}.test.ts`), test);
process.stdout.write(`Made generator/steps/${name}/. Next:
  write what it does, and a ${name}.bats beside it as the other steps have
  record it in generator/steps/standard-plan.ts, or export it from generator/index.ts
  make generate, make test
`);
