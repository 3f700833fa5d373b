import type { Bond } from '../model/bond.ts';
import { type ImageReference, printImageReference } from '../model/image-reference.ts';
import type { MacAddress } from '../model/mac-address.ts';
import type { Mtu } from '../model/mtu.ts';
import type { ClientName } from '../model/names.ts';
import type { RootLocation } from '../model/root-location.ts';
import type { VlanId } from '../model/vlan-id.ts';
import { isBond } from './bond-pattern.ts';
import { findMacParameter } from './find-mac.ts';
import { isHandedOver, type Parameter, type Setting } from './setting.ts';
import {
    isClientName,
    isImageReference,
    isMacAddress,
    isNumberFrom,
    isRootLocation,
    isSnapshotReference,
} from './text-patterns.ts';

/** `rbdboot.mac=52:54:00:ab:cd:ef` */
export const macParameter: Parameter<MacAddress> = Object.freeze({
    name: 'mac',
    form: 'a MAC address, as 52:54:00:ab:cd:ef',
    matches: isMacAddress,
    find: findMacParameter,
    print: (mac: MacAddress) => mac,
});

/** `rbdboot.image=POOL/NAMESPACE/IMAGE` */
export const imageParameter: Parameter<ImageReference> = Object.freeze({
    name: 'image',
    form: 'POOL/IMAGE or POOL/NAMESPACE/IMAGE',
    matches: isImageReference,
    print: printImageReference,
});

/** The same for machines that boot from snapshots: an image that can be written to is none. */
export const snapshotParameter: Parameter<ImageReference> = Object.freeze({
    name: 'image',
    form: 'POOL/IMAGE@SNAPSHOT or POOL/NAMESPACE/IMAGE@SNAPSHOT',
    matches: isSnapshotReference,
    print: printImageReference,
});

/** Whether an image can only be read. Of one that is handed over, its parameter says so. */
export function isSnapshot(image: Setting<ImageReference>): boolean {
    return isHandedOver(image)
        ? image.parameter === snapshotParameter
        : image.snapshot !== undefined;
}

/** `rbdboot.root=PARTITION=2`, `rbdboot.root=LABEL=root` */
export const rootParameter: Parameter<RootLocation> = Object.freeze({
    name: 'root',
    form: 'PARTITION=NUMBER, UUID=UUID, PARTUUID=UUID or LABEL=LABEL',
    matches: isRootLocation,
    print: (location: RootLocation) => location,
});

/** `rbdboot.client=NAME`, without the `client.` */
export const clientParameter: Parameter<ClientName> = Object.freeze({
    name: 'client',
    form: 'the name of a client',
    matches: isClientName,
    print: (client: ClientName) => client,
});

/** `rbdboot.mtu=9000` */
export const mtuParameter: Parameter<Mtu> = Object.freeze({
    name: 'mtu',
    form: 'a number from 576 to 65535',
    matches: isNumberFrom(576, 65535),
    print: String,
});

/** `rbdboot.vlan=7` */
export const vlanParameter: Parameter<VlanId> = Object.freeze({
    name: 'vlan',
    form: 'a number from 1 to 4094',
    matches: isNumberFrom(1, 4094),
    print: String,
});

/** `rbdboot.bond=active-backup,52:54:00:ab:cd:ef,52:54:00:ab:cd:f0` */
export const bondParameter: Parameter<Bond> = Object.freeze({
    name: 'bond',
    form: 'MODE,MAC,MAC with active-backup or 802.3ad and MAC addresses in lower case',
    matches: isBond,
    print: ({ mode, nics }: Bond) => [mode, ...nics].join(','),
});
