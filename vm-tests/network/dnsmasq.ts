import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, startDaemon } from '../children.ts';
import { chainLoader, uefiChainLoader } from '../programs.ts';
import type { Network } from './plan.ts';

/** A root path that reboots a machine which evaluates it, in quotes of each kind or outside of them. */
const hostileRootPath = `x';reboot -f;'$(reboot -f)\`reboot -f\`";reboot -f;"|reboot -f&`;

/** What some NICs of `sites/handover` are told otherwise, by the last byte of their address. */
const exceptions = [
    // f1 boots with the index of that configuration itself, over TFTP, in the place of the lab's.
    '--dhcp-mac=set:index,52:54:00:12:44:f1',
    '--dhcp-boot=tag:ipxe,tag:index,sites/handover/boot.ipxe',
    // 05 gets the iPXE of Debian 13 where its firmware is UEFI.
    '--dhcp-mac=set:trixie,52:54:00:12:44:05',
    '--dhcp-boot=tag:!ipxe,tag:trixie,tag:uefi,trixie.efi',
    // 06 meets a server that wants to be evaluated.
    '--dhcp-mac=set:hostile,52:54:00:12:44:06',
    // dnsmasq refuses a host name or a domain of that kind, and a root path may be anything.
    `--dhcp-option-force=tag:hostile,option:root-path,${hostileRootPath}`,
    // 09 is told to boot from the image of another machine.
    '--dhcp-mac=set:elsewhere,52:54:00:12:44:09',
    '--dhcp-option-force=tag:elsewhere,option:root-path,rbd:10.77.0.10:6789:handover:rbd/handover/desk1',
];

/**
 * Starts DHCP and TFTP as the documentation tells administrators to: iPXE is given a script, any
 * other PXE client is given iPXE.
 *
 * @param directory what TFTP serves, with `boot.ipxe` in it.
 * @param state a directory for the leases.
 * @param asksFirst whether it looks for 3 s if somebody has the address that it is about to give, as
 * dnsmasq does by itself. Nobody else is here.
 * @param logFile gets a line for each message of DHCP and each file of TFTP.
 */
export async function startDnsmasq(
    network: Network,
    directory: string,
    state: string,
    logFile: string,
    asksFirst: boolean,
): Promise<Daemon> {
    const segments = [network, ...network.vlans];
    await mkdir(reservations(state), { recursive: true });
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
            '--bind-interfaces',
            ...segments.flatMap(({ announced, bridge, leases }) => [
                `--interface=${bridge}`,
                `--dhcp-range=${leases.join(',')},1h`,
                `--dhcp-range=${announced},ra-only`,
                // Without a lifetime it is a router that leads nowhere.
                `--ra-param=${bridge},0,${network.announcesRouter ? 1800 : 0}`,
            ]),
            `--dhcp-leasefile=${join(state, 'dnsmasq.leases')}`,
            `--dhcp-hostsdir=${reservations(state)}`,
            '--dhcp-authoritative',
            ...(asksFirst ? [] : ['--no-ping']),
            '--enable-tftp',
            `--tftp-root=${directory}`,
            '--dhcp-match=set:ipxe,175',
            '--dhcp-match=set:uefi,option:client-arch,7',
            ...exceptions,
            '--dhcp-boot=tag:!ipxe,tag:!uefi,undionly.kpxe',
            '--dhcp-boot=tag:!ipxe,tag:!trixie,tag:uefi,ipxe.efi',
            '--dhcp-boot=tag:ipxe,tag:!index,boot.ipxe',
        ],
        logFile,
    );
}

/** Files with a MAC address and the address that it gets, a line each; dnsmasq sees new ones. */
function reservations(state: string): string {
    return join(state, 'dhcp-hosts');
}

/**
 * Has each machine of a configuration get an address of its own: of two that ask at the same time
 * dnsmasq may offer both the same, and iPXE of 2019 does not begin again when it is refused that.
 */
export async function reserveAddresses(
    state: string,
    name: string,
    hosts: readonly { readonly mac: string; readonly address: string }[],
): Promise<void> {
    const lines = hosts.map(({ address, mac }) => `${mac},${address}\n`);
    await writeFile(join(reservations(state), name), lines.join(''));
}
