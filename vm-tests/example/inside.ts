// The broken boot of `make example-bundle`, as the first process of its namespaces.
import { join } from 'node:path';
import { startBroker } from '../broker.ts';
import { projectDirectory } from '../build-directory.ts';
import { classOfFailure, concludeFailure, repeatCommand } from '../bundle/conclude.ts';
import { describeError } from '../complaint.ts';
import { startLab } from '../lab.ts';
import { endWithStarter } from '../namespace.ts';
import { preparation } from '../preparation.ts';
import { guestReport } from '../qemu/report.ts';
import { brokerSocket } from '../reserve.ts';
import type { ScenarioPlan } from '../scenario-plan.ts';
import { bootIn } from '../scene.ts';
import { hostIn, siteIn } from '../site.ts';
import { openSite } from '../sites/open-site.ts';
import { keepSmall } from './keep-small.ts';

const directory = join(projectDirectory, 'docs/examples/bundle');

/** A machine of whose client the caps are for another namespace; it is waited for all the same. */
const plan: ScenarioPlan = {
    id: 'L00',
    title: 'a machine is expected to come up, and its client may not use the image',
    tier: 'night',
    machines: ['fleet/outsider'],
    outcome: 'up',
    lane: 'direct',
};

endWithStarter();
try {
    await writeExample();
    process.exit(0);
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(1);
}

async function writeExample(): Promise<void> {
    const prepared = preparation();
    const site = await siteIn(prepared.config);
    const { lab } = await startLab(prepared, site, () => {});
    await startBroker(brokerSocket, 1);
    const open = await openSite(lab, 'fleet');
    const host = hostIn(open.site, 'outsider');
    const made = { name: 'example', fresh: true };
    const { machine } = await bootIn(lab, plan, { host, open }, {}, made);
    const error = await guestReport(machine, 120).then(
        () => new Error('it came up'),
        (reason: Error) => reason,
    );
    const failure = await concludeFailure({
        lab,
        machines: [machine],
        images: [host.image],
        directory,
        title: plan.title,
        error,
        failureClass: classOfFailure([machine], error),
        repeat: repeatCommand('F17', { accelerator: lab.accelerator.name }),
        keys: [lab.credential, ...open.credentials].map(({ key }) => key),
    });
    await keepSmall(directory);
    process.stdout.write(`${failure.message}\n`);
}
