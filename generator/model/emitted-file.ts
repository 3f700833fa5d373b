/** A file that rbdboot writes, before it is on any disk. */
export interface EmittedFile {
    /** Below the root that it is written into: `etc/ceph/ceph.conf`, no leading `/`, no `..`. */
    readonly path: string;
    /** Permission bits: `0o755`, `0o644`, or `0o600` for what holds a key. */
    readonly mode: number;
    readonly text: string;
}
