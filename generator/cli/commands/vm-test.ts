import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { failure } from '../../diagnostics/diagnostic.ts';
import { checkSite } from '../check-site.ts';
import { findHost } from '../find-host.ts';
import { type ExitCode, finish } from '../output.ts';

export interface VmTestOptions {
    /** Left out where there is only one. */
    readonly host?: string;
    readonly firmware: 'bios' | 'uefi';
    readonly json: boolean;
}

/** The lab, as the package has it. */
const program = fileURLToPath(new URL('../../lab/vm-tests/vm-test.js', import.meta.url));

/**
 * `rbdboot vm-test`: boots one host of a configuration in QEMU, against a cluster that is made for it
 * with pools, namespaces, clients and an image as the configuration says, and tells whether the
 * machine would come up. The keys and the images of the real cluster are not touched.
 */
export async function vmTest(config: string, options: VmTestOptions): Promise<ExitCode> {
    const { firmware, json } = options;
    const site = await checkSite(config);
    if (!site.ok) {
        return finish(site, json);
    }
    const [first, ...others] = site.value.hosts;
    if (options.host === undefined && others.length > 0) {
        return finish(
            failure({
                code: 'RB110',
                severity: 'error',
                message: `which of the ${others.length + 1} hosts is to boot?`,
                hint: `say --host ${first?.name ?? 'NAME'}; "rbdboot host list" names them all`,
            }),
            json,
        );
    }
    const host = findHost(site.value, options.host ?? first?.name ?? '');
    if (!host.ok) {
        return finish(host, json);
    }
    if (!existsSync(program)) {
        throw new Error(`${program} is missing: "make package" makes it`);
    }
    const words = [host.value.name, firmware, json ? 'json' : 'text'];
    // A death that we do not see coming takes the lab along.
    const tied = ['--pdeathsig', 'TERM', '--', process.execPath, program, ...words];
    const { exitCode } = await execa('setpriv', tied, {
        stdio: 'inherit',
        reject: false,
        env: { RBDBOOT_CONFIG: resolve(config) },
    });
    return exitCode === 0 ? 0 : 1;
}
