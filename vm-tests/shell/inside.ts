// The shell of `make vm-shell`, as the first process of its namespaces.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { startBroker } from '../broker.ts';
import { projectDirectory } from '../build-directory.ts';
import { describeError } from '../complaint.ts';
import { relay } from '../keep/relay.ts';
import { type Lab, startLab } from '../lab.ts';
import { endWithStarter } from '../namespace.ts';
import { preparation } from '../preparation.ts';
import { searchPath } from '../programs.ts';
import type { Machine } from '../qemu/machine.ts';
import { partsOf } from '../reservation.ts';
import { brokerSocket } from '../reserve.ts';
import type { MachineName } from '../scenario-plan.ts';
import { bootIn, type Target } from '../scene.ts';
import { hostIn, siteIn } from '../site.ts';
import { openSite } from '../sites/open-site.ts';
import { narrate } from '../timeline.ts';
import { writeCommands } from './commands.ts';
import { shellPlan } from './plan.ts';

const { HOST, LANE, RUN = '' } = process.env;
// The output is that of RUN.
const say = (line: string) => process.stderr.write(`${line}\n`);

endWithStarter();
try {
    process.exit(await runShell());
} catch (error) {
    say(describeError(error));
    process.exit(1);
}

async function runShell(): Promise<number> {
    const prepared = preparation();
    const site = await siteIn(prepared.config);
    const { lab } = await startLab(prepared, site, (text) => say(`        ${text}`));
    await startBroker(brokerSocket, 1);
    const plan = shellPlan({ HOST, LANE });
    const target = await targetOf(lab, plan.machines[0] ?? 'reference');
    const { machine } = await bootIn(lab, plan, target, {}, { name: 'shell', fresh: true });
    narrate(machine, say);
    const seen = join(lab.directory, 'seen');
    writeFileSync(seen, '');
    machine.journal.follow(({ at, source, text }) => {
        const seconds = ((at - machine.poweredOn) / 1000).toFixed(1).padStart(6);
        appendFileSync(seen, `${seconds} s  ${source.padEnd(7)}  ${text}\n`);
    });
    await comeUp(machine);
    const directory = join(lab.state, 'bin');
    const surroundings = { relays: await relay(machine), seen, checkout: projectDirectory };
    const first = await writeCommands(directory, surroundings);
    const [program, ...words] =
        RUN === '' ? ['bash', '--noprofile', '--rcfile', first, '-i'] : ['sh', '-c', RUN];
    const { exitCode } = await execa(program ?? 'sh', words, {
        stdio: 'inherit',
        reject: false,
        cwd: lab.directory,
        env: { CEPH_CONF: lab.cluster.conf, PATH: `${directory}:${searchPath()}` },
    });
    return exitCode ?? 1;
}

/** Waits until the system runs. One that does not come up is what somebody may want to look at. */
async function comeUp({ journal, name }: Machine): Promise<void> {
    await journal
        .waitFor(
            'the system',
            ({ source, text }) =>
                (source === 'guest' && text === 'multi-user') ||
                (source === 'console' && text.startsWith('small root: ')),
            240,
        )
        .catch((error: Error) => say(`${name} did not come up: ${error.message}`));
}

async function targetOf(lab: Lab, machine: MachineName): Promise<Target> {
    if (machine === 'reference') {
        return { host: lab.host };
    }
    const { host, site } = partsOf(machine);
    const open = await openSite(lab, site);
    return { host: hostIn(open.site, host), open };
}
