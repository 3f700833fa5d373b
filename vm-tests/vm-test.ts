// Boots hosts of a configuration in a lab of their own: what `rbdboot vm-test` runs.
// Usage: vm-test REQUEST, a `VmTestRequest` as JSON; RBDBOOT_CONFIG names the configuration.

import { finish } from '../generator/cli/output.ts';
import { findOwnEntry } from '../generator/config/own-entry.ts';
import { failure } from '../generator/diagnostics/diagnostic.ts';
import { openConfigurationSource } from '../generator/typescript/configuration-source.ts';
import { describeError } from './complaint.ts';
import { locateImpossible } from './own-configuration/impossible.ts';
import { exitCodes, requestIn } from './own-configuration/request.ts';
import { defaultRelease, planTrial } from './own-configuration/trial.ts';
import { runPrepared } from './preparation.ts';
import { siteIn } from './site.ts';

const words = process.argv.slice(2);
try {
    const request = requestIn(words);
    const site = await siteIn(process.env.RBDBOOT_CONFIG ?? '');
    const release = request.release ?? defaultRelease(site.kernel);
    const plan = planTrial(site, { ...request, release });
    if ('root' in plan) {
        const own = typeof plan.root === 'string' ? {} : { own: plan.root };
        const options = { ...own, refusal: exitCodes.cannot };
        const whole = JSON.stringify({ ...request, release });
        await runPrepared('vm-test-inside', [whole], plan.flavours, options);
    } else {
        const source = openConfigurationSource(site.source, findOwnEntry().types);
        const diagnostics = plan.map((one) => locateImpossible(one, one.host, source.locate));
        finish(failure(...diagnostics), request.json);
        process.exitCode = exitCodes.cannot;
    }
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = exitCodes.cannot;
}
