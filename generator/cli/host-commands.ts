import type { Command } from 'commander';
import type { AddOptions } from './commands/host-add.ts';
import type { ListOptions } from './commands/host-list.ts';
import type { ChangeOptions } from './host-change.ts';

/** Adds `rbdboot host …`: what changes the hosts of a configuration, or shows them. */
export function addHostCommands(program: Command): void {
    const host = program.command('host').description('show or change the hosts of a configuration');

    host.command('list')
        .description('list the hosts')
        .option('--config <file>', 'the configuration', 'boot.config.ts')
        .option('--json', 'print the result as JSON', false)
        .action(async (options: ListOptions) => {
            process.exitCode = await (await import('./commands/host-list.ts')).hostList(options);
        });

    withChangeOptions(host.command('add').description('add a host to the configuration'))
        .argument('<name>', 'the name of the machine')
        .requiredOption('--mac <address>', 'the address of its NIC')
        .requiredOption('--image <image>', 'its image: pool/image or pool/namespace/image')
        .option('--filesystem <type>', 'the file system on the image', 'ext4')
        .option('--address <source>', 'lease or dhcp, if not the default')
        .option('--client <name>', "its CephX user, if not the cluster's")
        .option('--keyring <file>', "the keyring of that user, if not the cluster's")
        .option('--nic-modules <names...>', 'the kernel modules of its NIC')
        .option('--kernel-arguments <words...>', 'further words of its kernel command line')
        .action(async (name: string, options: AddOptions) => {
            process.exitCode = await (await import('./commands/host-add.ts')).hostAdd(
                name,
                options,
            );
        });

    withChangeOptions(host.command('set').description('set one key of a host'))
        .argument('<name>', 'the host')
        .argument('<key>', 'image, nicModules, mapOptions.queue_depth and so on')
        .argument('<value>', 'its value; the words of a list with spaces between them')
        .action(async (name: string, key: string, value: string, options: ChangeOptions) => {
            process.exitCode = await (await import('./commands/host-set.ts')).hostSet(
                { name, key, value },
                options,
            );
        });

    withChangeOptions(host.command('remove').description('take a host out of the configuration'))
        .argument('<name>', 'the host')
        .action(async (name: string, options: ChangeOptions) => {
            process.exitCode = await (await import('./commands/host-remove.ts')).hostRemove(
                name,
                options,
            );
        });
}

function withChangeOptions(command: Command): Command {
    return command
        .option('--config <file>', 'the configuration', 'boot.config.ts')
        .option('--dry-run', 'show what would change', false)
        .option('--json', 'print the result as JSON', false);
}
