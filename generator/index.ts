/**
 * The public interface: what `import … from 'rbdboot'` gives.
 *
 * @packageDocumentation
 */
export { defineBoot } from './config/define.ts';
export type { BootSpec, ClusterSpec, HostSpec } from './config/spec.ts';
