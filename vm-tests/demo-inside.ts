// The demo, as the first process of its namespaces.
import { describeError } from './complaint.ts';
import { describeSuccess } from './describe-success.ts';
import { keepRunning } from './keep/keep-running.ts';
import { endWithStarter } from './namespace.ts';
import { preparation } from './preparation.ts';
import { showBoot } from './show-boot.ts';
import { siteIn } from './site.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

endWithStarter();
try {
    const prepared = preparation();
    const site = await siteIn(prepared.config);
    const shown = await showBoot({
        prepared,
        site,
        firmware: 'bios',
        title: 'demo',
        repeat: 'make demo',
        say,
    });
    say(describeSuccess(shown));
    if (process.env.KEEP === '1') {
        await keepRunning(shown.machine, say);
    }
    process.exit(0);
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(1);
}
