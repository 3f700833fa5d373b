/**
 * Every code that rbdboot prints, once. RB1xx: the configuration. RB2xx: at boot, on the console.
 * RB3xx: the machine that runs rbdboot, or the root that it writes into.
 *
 * A code is never used again for something else: people search for them.
 */
export const catalogue = Object.freeze({
    RB101: 'The configuration file cannot be read',
    RB102: 'The configuration file does not export a configuration',
    RB103: 'The configuration file failed while it ran',
    RB104: 'A key is not known',
    RB105: 'A key is missing',
    RB106: 'A value has the wrong type',
    RB107: 'A value is not accepted',
    RB108: 'Two hosts have the same MAC address',
    RB109: 'Two hosts would write to the same image',
    RB110: 'There is no such host in the configuration',
    RB111: 'There is no such code, step or line to explain',
    RB112: 'A script cannot be traced to the configuration',
    RB113: 'A map option is newer than the kernel',
    RB114: 'The kernel does not know the type of the key',
    RB115: 'The messenger mode does not fit the port of a monitor',
    RB116: 'The image lacks a feature that the mapping needs',
    RB117: 'The kernel cannot map an image with this feature',
    RB118: 'There are more monitors than the kernel takes',
    RB119: 'The line that maps the image is too long',
    RB120: 'A step takes a token of another plan',
    RB121: 'A step takes a token of another script',
    RB122: 'A step takes a token that an earlier step has ended',
    RB123: 'The plan of a host failed while it was built',
    RB124: 'The kernel command line is too long',
    RB125: 'The configuration cannot be edited as it is written',
    RB126: 'There is a host of that name already',

    RB201: 'A kernel module could not be loaded',
    RB202: 'No NIC has the MAC address of the configuration',
    RB203: 'A kernel parameter is malformed',
    RB204: 'The monitors rejected the key of the client',
    RB205: 'No monitor answered in time',
    RB206: 'The pool, namespace or image does not exist',
    RB207: 'The caps of the client do not allow the mapping',
    RB208: 'Another client holds the lock of the image',
    RB209: 'The kernel refused to map the image',
    RB210: 'The mapped image has no block device',
    RB211: 'No DHCP server gave an address',
    RB212: 'The address could not be set on the NIC',
    RB213: 'The key could not be put into the kernel keyring',
    RB214: 'The initrd has no key for the client',
    RB215: 'The monitors belong to another cluster',
    RB216: 'A parameter was not handed over at boot',

    RB301: 'The root directory cannot be used',
    RB302: 'The root directory has no initramfs-tools',
    RB303: 'The keyring cannot be read',
    RB304: 'A file that rbdboot did not write is in the way',
    RB305: 'A file could not be written',
    RB306: 'A program that is needed is missing',
    RB307: 'rbdboot has nothing installed in this root',
    RB308: 'Another rbdboot is at work in this root',
    RB309: 'The record of what is installed is damaged',
    RB310: 'An earlier run was interrupted',
} as const);

export type Code = keyof typeof catalogue;
