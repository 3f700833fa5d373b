import { isOlder, type KernelVersion, printKernelVersion, since } from './kernel-version.ts';

/**
 * The features that an image can have, as `rbd info` prints them, with the kernel that first maps
 * such an image; `undefined` where none does (drivers/block/rbd.c, RBD_FEATURES_SUPPORTED; the
 * versions are those of Ceph's page "Config Settings", "Image Features").
 */
const features = Object.freeze({
    layering: since('3.10'),
    striping: since('4.17'),
    'exclusive-lock': since('4.9'),
    'object-map': since('5.3'),
    'fast-diff': since('5.3'),
    'deep-flatten': since('5.1'),
    'data-pool': since('4.11'),
    operations: since('4.16'),
    journaling: undefined,
    migrating: undefined,
});

export type ImageFeature = keyof typeof features;

export const imageFeatures = Object.freeze(Object.keys(features)) as readonly ImageFeature[];

/**
 * Why a kernel cannot map an image with this feature; `undefined` if it can.
 *
 * @param kernel absent if it is not known: then only what no kernel maps is refused.
 */
export function whyUnsupported(feature: ImageFeature, kernel?: KernelVersion): string | undefined {
    const first = features[feature];
    if (first === undefined) {
        return 'no kernel maps an image with it';
    }
    return kernel !== undefined && isOlder(kernel, first)
        ? `kernels map it since ${printKernelVersion(first)}, and this one is ${printKernelVersion(kernel)}`
        : undefined;
}
