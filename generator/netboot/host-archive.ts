import type { CephKey } from '../model/ceph-key.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import { printImageReference } from '../model/image-reference.ts';
import { printInterfaceAddress } from '../model/interface-address.ts';
import { keyringPath, printKeyring } from '../model/keyring.ts';
import { luksKeyFile } from '../model/luks.ts';
import type { Host } from '../model/site.ts';
import { bondParameter } from '../plan/parameters.ts';
import { byMacDirectory } from './host-script.ts';
import { newcArchive } from './newc.ts';

/**
 * The second initrd of a host whose first one serves all hosts: what it has to know of itself, and
 * its keys. The kernel unpacks one after the other into the same tree.
 *
 * Directories are in it, since iPXE of 2019 makes none; the mode lets a group read it, that of the
 * web server: the keys go to whoever may fetch this file.
 *
 * @param luksKey in base64, for a host whose container is opened with a key file.
 */
export function hostArchive(host: Host, key: CephKey, luksKey?: string): EmittedFile {
    const { mac, image, client, rootLocation } = host;
    const parameters = [
        `rbdboot.mac=${mac}`,
        `rbdboot.image=${printImageReference(image)}`,
        `rbdboot.client=${client}`,
        ...(rootLocation === undefined ? [] : [`rbdboot.root=${rootLocation}`]),
        ...connectionParameters(host),
    ];
    const directory = 0o040755;
    const secret = 0o100600;
    const archive = newcArchive([
        { path: 'etc', mode: directory, text: '' },
        { path: 'etc/rbdboot', mode: directory, text: '' },
        { path: 'etc/rbdboot/host', mode: secret, text: `${parameters.join(' ')}\n` },
        ...(luksKey === undefined
            ? []
            : [{ path: luksKeyFile.slice(1), mode: secret, text: luksKey }]),
        { path: 'etc/ceph', mode: directory, text: '' },
        {
            path: keyringPath(client).slice(1),
            mode: secret,
            text: printKeyring(client, key),
        },
    ]);
    // Every byte of it is ASCII, since names and values are: text and bytes are the same.
    return {
        path: `${byMacDirectory(host)}/host.cpio`,
        mode: 0o640,
        text: archive.toString('latin1'),
    };
}

/** A lease is not among them: iPXE puts it on the kernel command line. */
function connectionParameters({ address, mtu, vlan, bond }: Host): readonly string[] {
    const { ip, gateway } = typeof address === 'string' ? {} : address;
    return [
        ...(ip === undefined ? [] : [`rbdboot.address=${printInterfaceAddress(ip)}`]),
        ...(gateway === undefined ? [] : [`rbdboot.gateway=${gateway}`]),
        ...(mtu === undefined ? [] : [`rbdboot.mtu=${mtu}`]),
        ...(vlan === undefined ? [] : [`rbdboot.vlan=${vlan}`]),
        ...(bond === undefined ? [] : [`rbdboot.bond=${bondParameter.print(bond)}`]),
    ];
}
