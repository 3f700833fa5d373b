import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { run } from './action.ts';
import type { CheckOptions } from './commands/check.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { GenerateOptions } from './commands/generate.ts';
import type { InstallCommandOptions } from './commands/install.ts';
import type { IpxeCommandOptions } from './commands/ipxe.ts';
import type { UninstallCommandOptions } from './commands/uninstall.ts';
import type { VmTestOptions } from './commands/vm-test.ts';
import { addHostCommands } from './host-commands.ts';

// Each command imports its work when it runs: the compiler alone takes longer to load than --help
// may take in all.

/** The command line, all of it; nothing runs yet. */
export function createProgram(): Command {
    const program = new Command('rbdboot')
        .description('Boot diskless machines from Ceph RBD images')
        .version(readVersion())
        .exitOverride()
        .showHelpAfterError('(rbdboot --help lists the commands and their options)');

    program
        .command('check')
        .description('check a configuration')
        .option('--config <file>', 'the configuration', 'boot.config.ts')
        .option('--shellcheck', 'also run shellcheck on the scripts that it comes to', false)
        .option('--json', 'print the result as JSON', false)
        .action(
            run(async (options: CheckOptions) =>
                (await import('./commands/check.ts')).check(options),
            ),
        );

    program
        .command('install')
        .description('write the files of one host into a root directory')
        .requiredOption('--root <dir>', 'the root directory of the host, as a chroot has it')
        .option('--host <name>', 'the host in the configuration; none if its initrd is shared')
        .option('--config <file>', 'the configuration', 'boot.config.ts')
        .option('--keyring <file>', "the keyring with the client's key, if not the configuration's")
        .option('--force', 'replace files that rbdboot did not write, and save them', false)
        .option('--dry-run', 'show what would change', false)
        .option('--json', 'print the result as JSON', false)
        .action(
            run(async (options: InstallCommandOptions) =>
                (await import('./commands/install.ts')).install(options),
            ),
        );

    program
        .command('uninstall')
        .description('take back what was installed into a root directory')
        .requiredOption('--root <dir>', 'the root directory that was installed into')
        .option('--force', 'also remove files that were edited since, and keep copies', false)
        .option('--dry-run', 'show what would change', false)
        .option('--json', 'print the result as JSON', false)
        .action(
            run(async (options: UninstallCommandOptions) =>
                (await import('./commands/uninstall.ts')).uninstall(options),
            ),
        );

    program
        .command('ipxe')
        .description("write the hosts' iPXE scripts into the directory of a boot server")
        .requiredOption('--out <dir>', 'the directory that TFTP and HTTP serve')
        .option('--config <file>', 'the configuration', 'boot.config.ts')
        .option('--kernel <file>', 'a kernel to serve from now on; the one before is kept')
        .option('--initrd <file>', 'the initrd of that kernel')
        .option('--host <name>', 'the host that boots them; none if its initrd is shared')
        .option('--force', 'replace files that rbdboot did not write, and save them', false)
        .option('--dry-run', 'show what would change', false)
        .option('--json', 'print the result as JSON', false)
        .action(
            run(async (options: IpxeCommandOptions) =>
                (await import('./commands/ipxe.ts')).ipxe(options),
            ),
        );

    program
        .command('generate')
        .description("write one host's hook and boot scripts into a source tree, for review")
        .requiredOption('--out <dir>', 'the directory that gets hooks/ and scripts/')
        .option('--host <name>', 'the host in the configuration, if not the first')
        .option('--config <file>', 'the configuration', 'boot.config.ts')
        .option('--json', 'print the result as JSON', false)
        .action(
            run(async (options: GenerateOptions) =>
                (await import('./commands/generate.ts')).generate(options),
            ),
        );

    program
        .command('vm-test')
        .description('boot hosts in QEMU, against a throw-away cluster made as configured')
        .argument('[config]', 'the configuration', 'boot.config.ts')
        .option(
            '--host <name>',
            'a host, if the configuration has several; again for another',
            more,
        )
        .option('--all', 'all hosts, one after the other', false)
        .addOption(
            new Option('--firmware <kind>', 'what the machine has')
                .choices(['bios', 'uefi'])
                .default('bios'),
        )
        .addOption(
            new Option('--release <name>', 'the Debian on the images, if not by "kernel"').choices([
                'bookworm',
                'trixie',
            ]),
        )
        .option(
            '--package <name>',
            'a Debian package to have on the images; again for another',
            more,
        )
        .option('--json', 'print the result as JSON', false)
        .action(async (config: string, options: VmTestOptions) => {
            process.exitCode = await (await import('./commands/vm-test.ts')).vmTest(
                config,
                options,
            );
        });

    program
        .command('explain')
        .description('explain a code, a step, or a line of an emitted script')
        .argument('<what>', 'RB204, map-image, or FILE:LINE')
        .option('--json', 'print the result as JSON', false)
        .action(async (what: string, options: ExplainOptions) => {
            process.exitCode = await (await import('./commands/explain.ts')).explain(what, options);
        });

    addHostCommands(program);
    return program;
}

/** An option that can be given more than once. */
function more(value: string, before: readonly string[] = []): readonly string[] {
    return [...before, value];
}

function readVersion(): string {
    const file = new URL('../../package.json', import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')).version;
}
