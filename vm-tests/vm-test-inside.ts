// Hosts of somebody's configuration, one after the other, as the first process of its namespaces.
// Usage: vm-test-inside REQUEST
import { buildDirectory } from './build-directory.ts';
import { describeError } from './complaint.ts';
import { layOut, startGrounds } from './lab.ts';
import { endWithStarter } from './namespace.ts';
import { bootHost, type Trial } from './own-configuration/boot-host.ts';
import { layLuksKeys } from './own-configuration/luks-keys.ts';
import { planMonitors } from './own-configuration/monitor-plan.ts';
import { exitCodes, requestIn } from './own-configuration/request.ts';
import {
    describeAll,
    describeResult,
    type HostResult,
    isUp,
    resultDocument,
} from './own-configuration/result.ts';
import { standInsOf } from './own-configuration/stand-ins.ts';
import { defaultRelease, planTrial } from './own-configuration/trial.ts';
import { writeStandIn } from './own-configuration/write-stand-in.ts';
import { preparation } from './preparation.ts';
import { NotUp, sayWithTime } from './show-boot.ts';
import { hostIn, siteIn } from './site.ts';

const request = requestIn(process.argv.slice(2));
const { firmware, json, packages } = request;
// With JSON asked for, the standard output is that document alone.
const say = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);

endWithStarter();
try {
    process.exit(await tryHosts());
} catch (error) {
    const reason = describeError(error);
    process.stderr.write(`${reason}\n`);
    if (json) {
        process.stdout.write(`${JSON.stringify({ ok: false, reason }, null, 4)}\n`);
    }
    process.exit(exitCodes.cannot);
}

async function tryHosts(): Promise<number> {
    const prepared = preparation();
    const whole = await siteIn(prepared.config);
    const release = request.release ?? defaultRelease(whole.kernel);
    const plan = planTrial(whole, { ...request, release });
    if (!('root' in plan)) {
        throw new Error('what cannot be tried was not refused');
    }
    const config = await writeStandIn(whole, plan.changes);
    const site = await siteIn(config);
    await layOut();
    const keys = new Map(
        await Promise.all(
            plan.hosts.map(
                async ({ name }) =>
                    [name, await layLuksKeys(buildDirectory().cache, name)] as const,
            ),
        ),
    );
    const root = typeof plan.root === 'string' ? plan.root : 'own';
    const monitors = planMonitors(site);
    const place = { ...prepared, config };
    const ground = await startGrounds(place, site, sayWithTime(say), { monitors });
    const trial: Trial = { ...ground, site, root, firmware };

    const results: HostResult[] = [];
    for (const one of plan.hosts) {
        const host = hostIn(site, one.name);
        const own = keys.get(one.name);
        if (own === undefined) {
            throw new Error(`no keys for ${one.name}`);
        }
        say(`\n${one.name}:`);
        const outcome = await bootHost(trial, host, one, own, {
            title: `vm-test ${one.name}`,
            repeat: repeatOf(prepared.config, one.name, release),
            say,
        }).catch((error: unknown) => {
            // Anything else is no verdict on the machine.
            if (error instanceof NotUp && !isOfLab(error)) {
                return error;
            }
            throw error;
        });
        const standIns = standInsOf(whole, hostIn(whole, one.name), one, release);
        const result = { host: one.name, outcome, standIns };
        results.push(result);
        say(describeResult(result));
    }
    if (results.length > 1) {
        say(describeAll(results));
    }
    if (json) {
        const document = resultDocument({ firmware, release }, results);
        process.stdout.write(`${JSON.stringify(document, null, 4)}\n`);
    }
    return results.every(isUp) ? exitCodes.up : exitCodes.down;
}

/** Whether the lab failed, or what it stands on: that says nothing of the machine. */
function isOfLab({ failureClass }: NotUp): boolean {
    return failureClass === 'harness' || failureClass === 'infra';
}

function repeatOf(config: string, host: string, release: string): string {
    return [
        `rbdboot vm-test ${config} --host ${host} --firmware ${firmware} --release ${release}`,
        ...packages.map((name) => `--package ${name}`),
    ].join(' ');
}
