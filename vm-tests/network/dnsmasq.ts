import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, startDaemon } from '../children.ts';
import { chainLoader, uefiChainLoader } from '../programs.ts';
import { type Network, routerNetwork } from './bridge.ts';

/**
 * Starts DHCP and TFTP as the documentation tells administrators to: iPXE is given a script, any
 * other PXE client is given iPXE.
 *
 * @param directory what TFTP serves, with `boot.ipxe` in it.
 * @param state a directory for the leases.
 * @param logFile gets a line for each message of DHCP and each file of TFTP.
 */
export async function startDnsmasq(
    network: Network,
    directory: string,
    state: string,
    logFile: string,
): Promise<Daemon> {
    await copyFile(chainLoader, join(directory, 'undionly.kpxe'));
    await copyFile(uefiChainLoader, join(directory, 'ipxe.efi'));
    return startDaemon(
        'dnsmasq',
        [
            'dnsmasq',
            '--conf-file=/dev/null',
            '--keep-in-foreground',
            '--log-facility=-',
            '--log-dhcp',
            '--user=root',
            '--pid-file=',
            '--port=0',
            `--interface=${network.bridge}`,
            '--bind-interfaces',
            `--dhcp-range=${network.leases.join(',')},1h`,
            `--dhcp-leasefile=${join(state, 'dnsmasq.leases')}`,
            '--dhcp-authoritative',
            // It would look for 3 s whether somebody has the address, and nobody else is here.
            '--no-ping',
            `--dhcp-range=${routerNetwork},ra-only`,
            `--ra-param=${network.bridge},0,0`,
            '--enable-tftp',
            `--tftp-root=${directory}`,
            '--dhcp-match=set:ipxe,175',
            '--dhcp-match=set:uefi,option:client-arch,7',
            '--dhcp-boot=tag:!ipxe,tag:!uefi,undionly.kpxe',
            '--dhcp-boot=tag:!ipxe,tag:uefi,ipxe.efi',
            '--dhcp-boot=tag:ipxe,boot.ipxe',
        ],
        logFile,
    );
}
