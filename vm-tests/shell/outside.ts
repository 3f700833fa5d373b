// A shell in the lab beside a machine that runs: `make vm-shell`. With RUN it runs that alone.
import { describeError } from '../complaint.ts';
import { rootsOf } from '../manifest.ts';
import { runPrepared } from '../preparation.ts';
import { checkBootable } from './bootable.ts';
import { usage } from './help.ts';
import { shellPlan } from './plan.ts';

const { HELP = '', HOST, LANE } = process.env;

if (HELP !== '' || process.argv.includes('--help')) {
    process.stdout.write(usage);
} else {
    try {
        const plan = shellPlan({ HOST, LANE });
        await checkBootable(plan);
        await runPrepared('shell/inside', [], rootsOf([plan]));
    } catch (error) {
        process.stderr.write(`${describeError(error)}\n`);
        process.exitCode = 2;
    }
}
