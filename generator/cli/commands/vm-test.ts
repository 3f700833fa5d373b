import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { failure, type Outcome, success } from '../../diagnostics/diagnostic.ts';
import type { Site } from '../../model/site.ts';
import { checkSite } from '../check-site.ts';
import { findHost } from '../find-host.ts';
import { type ExitCode, finish } from '../output.ts';

export interface VmTestOptions {
    /** Left out where there is only one. */
    readonly host?: readonly string[];
    readonly all: boolean;
    readonly firmware: 'bios' | 'uefi';
    readonly release?: 'bookworm' | 'trixie';
    readonly package?: readonly string[];
    readonly json: boolean;
}

/** The lab, as the package has it. */
const program = fileURLToPath(new URL('../../lab/vm-tests/vm-test.js', import.meta.url));

/**
 * `rbdboot vm-test`: boots hosts of a configuration in QEMU, one after the other, against a cluster
 * that is made for them with pools, namespaces, clients and images as the configuration says, and
 * tells whether the machines would come up. The keys and the images of the real cluster are not
 * touched.
 *
 * @returns 0: all are up. 1: one would not come up, or the configuration is wrong. 2: bad usage.
 * 3: this cannot be tried here.
 */
export async function vmTest(config: string, options: VmTestOptions): Promise<ExitCode> {
    const { firmware, json, package: packages = [], release } = options;
    const site = await checkSite(config);
    if (!site.ok) {
        return finish(site, json);
    }
    const hosts = chooseHosts(site.value, options);
    if (!hosts.ok) {
        finish(hosts, json);
        return 2;
    }
    if (!existsSync(program)) {
        throw new Error(`${program} is missing: "make package" makes it`);
    }
    const request = { hosts: hosts.value, firmware, release, packages, json };
    // A death that we do not see coming takes the lab along.
    const tied = ['--pdeathsig', 'TERM', '--', process.execPath, program, JSON.stringify(request)];
    const { exitCode } = await execa('setpriv', tied, {
        stdio: 'inherit',
        reject: false,
        env: { RBDBOOT_CONFIG: resolve(config) },
    });
    return exitCode === 0 || exitCode === 1 ? exitCode : 3;
}

/** Their names, in the order in which they were asked for. */
function chooseHosts(
    site: Site,
    { all, host: asked = [] }: VmTestOptions,
): Outcome<readonly string[]> {
    const names = site.hosts.map(({ name }): string => name);
    const [only, ...others] = names;
    if (all || (asked.length === 0 && others.length === 0 && only !== undefined)) {
        return success(names);
    }
    if (asked.length === 0) {
        return failure({
            code: 'RB110',
            severity: 'error',
            message: `which of the ${names.length} hosts is to boot?`,
            hint: `say --host ${only ?? 'NAME'}, or --all; "rbdboot host list" names them all`,
        });
    }
    const found = [...new Set(asked)].map((name) => findHost(site, name));
    const diagnostics = found.flatMap((one) => (one.ok ? [] : one.diagnostics));
    return diagnostics.length > 0
        ? failure(...diagnostics)
        : success(found.flatMap((one) => (one.ok ? [one.value.name] : [])));
}
