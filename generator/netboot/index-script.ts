import { originLine } from '../model/origin-line.ts';
import type { Site } from '../model/site.ts';

/**
 * The iPXE script that every machine gets first: it goes on to the machine's own script, found by
 * the MAC address of the NIC that booted, on the HTTP server at the same address.
 */
export function indexScript(site: Site): string {
    return `#!ipxe
# ${originLine(site)}
# The DHCP server names this script (TFTP); the scripts of the machines come over HTTP.

chain http://\${next-server}/by-mac/\${netX/mac:hexhyp}/boot.ipxe || goto failed

:failed
echo rbdboot: no boot script for this machine: MAC \${netX/mac}, UUID \${uuid}
echo Looked for http://\${next-server}/by-mac/\${netX/mac:hexhyp}/boot.ipxe
echo To do: add a host with this MAC to the configuration, or start the HTTP server
echo This machine reboots in 30 seconds
sleep 30
reboot
`;
}
