/**
 * The iPXE script in a boot directory that names the kernel and the initrd there: the machine writes
 * it, and its own iPXE script on the boot server loads it. With `.old` behind its name it is the one of
 * the previous kernel.
 */
export const bootFilesScript = 'boot-files.ipxe';
