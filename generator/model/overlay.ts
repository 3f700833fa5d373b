import type { Bytes } from './size.ts';

/** What a machine writes over its read-only root: it is in memory, and gone at the next boot. */
export interface Overlay {
    /** The most that it may take. Absent: half of the machine's memory, as tmpfs(5) has it. */
    readonly size?: Bytes;
}
