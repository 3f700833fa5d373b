import { type ImageReference, printImageReference } from '../model/image-reference.ts';
import type { MacAddress } from '../model/mac-address.ts';
import type { ClientName } from '../model/names.ts';
import type { Parameter } from './setting.ts';
import { isClientName, isImageReference, isMacAddress } from './text-patterns.ts';

/** `rbdboot.mac=52:54:00:ab:cd:ef` */
export const macParameter: Parameter<MacAddress> = Object.freeze({
    name: 'mac',
    form: 'a MAC address in lower case, as 52:54:00:ab:cd:ef',
    matches: isMacAddress,
    print: (mac: MacAddress) => mac,
});

/** `rbdboot.image=POOL/NAMESPACE/IMAGE` */
export const imageParameter: Parameter<ImageReference> = Object.freeze({
    name: 'image',
    form: 'POOL/IMAGE or POOL/NAMESPACE/IMAGE',
    matches: isImageReference,
    print: printImageReference,
});

/** `rbdboot.client=NAME`, without the `client.` */
export const clientParameter: Parameter<ClientName> = Object.freeze({
    name: 'client',
    form: 'the name of a client',
    matches: isClientName,
    print: (client: ClientName) => client,
});
