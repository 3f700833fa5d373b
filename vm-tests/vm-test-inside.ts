// One host of somebody's configuration, as the first process of its namespaces.
// Usage: vm-test-inside HOST FIRMWARE text|json
import { describeError } from './complaint.ts';
import { describeSuccess } from './describe-success.ts';
import { endWithStarter } from './namespace.ts';
import type { Firmware } from './network-start.ts';
import { writeOneHost } from './one-host.ts';
import { preparation } from './preparation.ts';
import { showBoot } from './show-boot.ts';
import { siteIn } from './site.ts';

const [host = '', firmware, form] = process.argv.slice(2);

endWithStarter();
try {
    const prepared = preparation();
    const config = await writeOneHost(prepared.config, host, prepared.directory);
    const shown = await showBoot({
        prepared: { ...prepared, config },
        site: await siteIn(config),
        firmware: firmware as Firmware,
        title: `vm-test ${host}`,
        repeat: `rbdboot vm-test ${prepared.config} --host ${host} --firmware ${firmware}`,
        // With JSON asked for, the standard output is that document alone.
        say: (line) => (form === 'json' ? process.stderr : process.stdout).write(`${line}\n`),
    });
    const { bytes, device, image, owner, phases, seconds } = shown;
    const document = { ok: true, host, firmware, image, device, owner, seconds, bytes, phases };
    process.stdout.write(
        form === 'json' ? `${JSON.stringify(document, null, 4)}\n` : `${describeSuccess(shown)}\n`,
    );
    process.exit(0);
} catch (error) {
    const reason = describeError(error);
    process.stderr.write(`${reason}\n`);
    if (form === 'json') {
        process.stdout.write(`${JSON.stringify({ ok: false, host, firmware, reason }, null, 4)}\n`);
    }
    process.exit(1);
}
