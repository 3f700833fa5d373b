/**
 * What the hosts of all configurations here have in common: they are machines of QEMU, whose console is
 * the serial port.
 */
export const inQemu = {
    nicModules: ['virtio_pci', 'virtio_net'],
    kernelArguments: ['console=ttyS0,115200'],
} as const;
