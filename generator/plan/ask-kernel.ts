/**
 * A cure that has the kernel asked. The report of a failure has what it says of libceph and rbd, and a
 * kernel that is told to be quiet shows nothing else.
 *
 * @param of what it is about: `its driver`.
 */
export function askKernel(of: string): string {
    return `"dmesg" shows what the kernel says of ${of}: boot once with panic= on the kernel command line, which opens a shell for that`;
}
