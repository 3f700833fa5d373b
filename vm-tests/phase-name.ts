/** Steps of the boot and shutdown scripts, by the names of their folders in `generator/steps`. */
export const stepNames = [
    'check-root',
    'close-luks',
    'find-root',
    'keep-address',
    'load-modules',
    'map-image',
    'mount-root',
    'network',
    'overlay-root',
    'read-rbdroot',
    'release-root',
    'unlock-luks',
    'unmap-images',
] as const;

/** What begins by something else than the word of a step, in the order in which it comes. */
export const landmarks = [
    'firmware',
    'iPXE: lease',
    'iPXE: script',
    'iPXE: kernel',
    'iPXE: initrd',
    'kernel is unpacked',
    'kernel',
    'initramfs',
    'root is mounted',
    'systemd',
    'multi-user',
    'shutdown',
    'shutdown root',
] as const;

/** A part of the way from power-on to power-off that a machine can be in. */
export type PhaseName = (typeof landmarks)[number] | `rbdboot: ${(typeof stepNames)[number]}`;
