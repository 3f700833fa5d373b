/**
 * The public interface: what `import … from 'rbdboot'` gives.
 *
 * @packageDocumentation
 */
export { defineBoot } from './config/define.ts';
export type {
    BondSpec,
    BootDirectorySpec,
    BootSpec,
    ClusterSpec,
    HostSpec,
    StaticAddressSpec,
} from './config/spec.ts';
export type { DurationText } from './model/duration.ts';
export type { FileSystem, FsckPolicy } from './model/file-system.ts';
export type { ImageFeature } from './model/image-feature.ts';
export type { MapOptionValues } from './model/map-options.ts';
export type { SizeText } from './model/size.ts';
export type { PlanAuthor, PlannedHost } from './plan/author.ts';
export type { BootEnvironment } from './plan/environment.ts';
export type { PlanBuilder, StepRecorder } from './plan/plan.ts';
export {
    defineStep,
    type HelperDefinition,
    type Step,
    type StepDefinition,
    type StepScope,
} from './plan/step.ts';
export type { BlockDevice, Modules, Net, Root, Token } from './plan/token.ts';
export * as sh from './sh/index.ts';
export { checkRoot } from './steps/check-root/check-root.ts';
export { findRoot } from './steps/find-root/find-root.ts';
export { keepAddress } from './steps/keep-address/keep-address.ts';
export { loadModules } from './steps/load-modules/load-modules.ts';
export { mapImage } from './steps/map-image/map-image.ts';
export { mountRoot } from './steps/mount-root/mount-root.ts';
export { network } from './steps/network/network.ts';
export { overlayRoot } from './steps/overlay-root/overlay-root.ts';
export { releaseRoot } from './steps/release-root/release-root.ts';
export { releaseAtShutdown, standardPlan } from './steps/standard-plan.ts';
export { unmapImages } from './steps/unmap-images/unmap-images.ts';
