/** The cards of QEMU that a kernel module drives. */
const cards: Readonly<Record<string, string>> = Object.freeze({
    virtio_net: 'virtio-net-pci',
    e1000e: 'e1000e',
    e1000: 'e1000',
    vmxnet3: 'vmxnet3',
});

/** What QEMU's usual card is driven by. */
const usual = Object.freeze({ card: 'virtio-net-pci', modules: ['virtio_pci', 'virtio_net'] });

/** The NICs of a host in the lab. */
export interface NicPlan {
    /** As QEMU calls it. */
    readonly card: string;
    /** Modules that the initrd gets besides those of the configuration. */
    readonly added: readonly string[];
    /** Modules of the configuration that nothing in the lab is driven by. */
    readonly idle: readonly string[];
}

/**
 * Chooses a card that a driver of the configuration is for, so that it is tried too; where QEMU has
 * none of them, its usual one, with the driver of that.
 *
 * @param modules of the host; empty if its initrd has all drivers.
 */
export function planNics(modules: readonly string[]): NicPlan {
    const names = modules.map((name) => name.replaceAll('-', '_'));
    const driver = Object.keys(cards).find((name) => names.includes(name));
    const card = cards[driver ?? ''];
    const used = [driver, ...(card === usual.card ? usual.modules : [])];
    const idle = modules.filter((_, index) => !used.includes(names[index] ?? ''));
    if (card !== undefined) {
        return { card, added: [], idle };
    }
    return { card: usual.card, added: modules.length === 0 ? [] : usual.modules, idle };
}
