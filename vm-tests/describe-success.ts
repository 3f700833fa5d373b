import type { Success } from './show-boot.ts';
import { printTimeline } from './timeline.ts';

/** What came out, every part of it measured, with one line for all of it at the end. */
export function describeSuccess({
    bytes,
    device,
    image,
    machine,
    owner,
    phases,
    seconds,
}: Success): string {
    const megabytes = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
    const lock = owner === undefined ? 'mapped without a lock' : `lock held by ${owner.address}`;
    return [
        '',
        printTimeline(phases),
        '',
        `initrd ${megabytes(bytes.initrd)}, kernel ${megabytes(bytes.kernel)}, root image ${megabytes(bytes.root)}`,
        `rbdboot: ${machine.name} is up: / is ${image} on ${device}, ${lock}, ${seconds.toFixed(1)} s from power-on`,
    ].join('\n');
}
