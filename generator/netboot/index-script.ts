import { originLine } from '../model/origin-line.ts';
import type { Site } from '../model/site.ts';
import { downloadTimeout } from './host-script.ts';

/**
 * The iPXE script that every machine gets first: it goes on to the machine's own script, found by
 * the MAC address of the NIC that booted (`netX` is the one that is open), else by its UUID if any
 * host has one in the configuration. It looks on the HTTP server at the address that DHCP names, and
 * then where it came from itself: over TFTP alone that is the TFTP server, and behind a DHCP server
 * that names no next-server but a whole URL it is the HTTP server of that URL.
 */
export function indexScript(site: Site): string {
    const names = site.hosts.some(({ uuid }) => uuid !== undefined)
        ? ['by-mac', 'by-uuid']
        : ['by-mac'];
    const chain = (place: string) =>
        names.map((name) => `chain --timeout ${downloadTimeout} ${place}\${${name}} ||`).join(' ');
    return `#!ipxe
# ${originLine(site)}
# The DHCP server names this script; it looks for that of the machine over HTTP, then beside itself.

set by-mac by-mac/\${netX/mac:hexhyp}/boot.ipxe
${names.includes('by-uuid') ? 'set by-uuid by-uuid/${uuid}/boot.ipxe\n' : ''}
isset \${next-server} || goto beside
${chain('http://${next-server}/')} goto beside

:beside
${chain('')} goto failed

:failed
echo rbdboot: no boot script for this machine: MAC \${netX/mac}, UUID \${uuid}
isset \${next-server} && echo Looked for ${names.map((name) => `\${${name}}`).join(' and ')} at http://\${next-server}/ and beside this script || echo The DHCP server names no next-server. Looked for ${names.map((name) => `\${${name}}`).join(' and ')} beside this script alone
echo To do: add a host with this MAC to the configuration and run "rbdboot ipxe", or start the HTTP server
echo This machine reboots in 30 seconds
sleep 30
reboot
`;
}
