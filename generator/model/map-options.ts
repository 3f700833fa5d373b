import type { DurationText } from './duration.ts';
import { type KernelVersion, since } from './kernel-version.ts';
import type { SizeText } from './size.ts';

/**
 * Options of the kernel's RBD client, by the names that the kernel has for them. What is left out is
 * as the kernel has it by itself.
 */
export interface MapOptionValues {
    /**
     * How the machine talks to the cluster. `'legacy'` is messenger 1 (port 6789). All others are
     * messenger 2 (port 3300): `'crc'` guards against errors, `'secure'` also encrypts, and the
     * `'prefer-'` forms take the other one if the cluster insists. Since Linux 5.11.
     *
     * @defaultValue `'legacy'`
     */
    readonly ms_mode?: 'legacy' | 'crc' | 'secure' | 'prefer-crc' | 'prefer-secure';
    /**
     * How long to wait for a cluster that does not answer; `'0s'` is for ever.
     *
     * @defaultValue `'60s'`
     */
    readonly mount_timeout?: DurationText;
    /**
     * How long to wait for the image's lock; `'0s'` is for ever. The lock of a machine that lost
     * power lasts 30 s, so anything near that keeps it out after a power cut. Since Linux 4.17.
     *
     * @defaultValue `'90s'`
     */
    readonly lock_timeout?: DurationText;
    /**
     * Requests in flight, from 1. Since Linux 4.2.
     *
     * @defaultValue `128`
     */
    readonly queue_depth?: number;
    /**
     * The unit of allocation that discards are aligned to: a power of two, at least `'1K'`. Since
     * Linux 5.1.
     *
     * @defaultValue `'64K'`
     */
    readonly alloc_size?: SizeText;
    /**
     * Do not pass discards on to the image. Since Linux 4.17.
     *
     * @defaultValue `false`
     */
    readonly notrim?: boolean;
    /**
     * Take the lock for reads as well. Since Linux 4.9.
     *
     * @defaultValue `false`
     */
    readonly lock_on_read?: boolean;
    /**
     * What the OSDs are told of the data that is written. Since Linux 5.8.
     *
     * @defaultValue `'none'`
     */
    readonly compression_hint?: 'none' | 'compressible' | 'incompressible';
    /**
     * Which copy of the data to read: the primary one, any, or the nearest (see `crush_location`).
     * Since Linux 5.8.
     *
     * @defaultValue `'no'`
     */
    readonly read_from_replica?: 'no' | 'balance' | 'localize';
    /**
     * Where the machine is in the CRUSH hierarchy: `'rack:r1|host:desk1'`. Since Linux 5.8.
     *
     * @defaultValue nowhere
     */
    readonly crush_location?: string;
    /**
     * Receive into a bounce buffer: for file systems that change pages while they are written, as a
     * Windows guest does. Since Linux 5.17.
     *
     * @defaultValue `false`
     */
    readonly rxbounce?: boolean;
    /**
     * Fail writes with ENOSPC when the cluster or the pool is full, in place of waiting. Since
     * Linux 5.0.
     *
     * @defaultValue `false`
     */
    readonly abort_on_full?: boolean;
    /**
     * Interval of keep-alive messages to an OSD with requests in flight, at least `'1s'`.
     *
     * @defaultValue `'5s'`
     */
    readonly osdkeepalive?: DurationText;
    /**
     * When an idle connection to an OSD is closed, at least `'1s'`.
     *
     * @defaultValue `'60s'`
     */
    readonly osd_idle_ttl?: DurationText;
    /**
     * When a request that no OSD answers fails; `'0s'` is never, and right for a root file system.
     *
     * @defaultValue `'0s'`
     */
    readonly osd_request_timeout?: DurationText;
    /**
     * Use one client for all images that are mapped from a cluster.
     *
     * @defaultValue `true`
     */
    readonly share?: boolean;
    /**
     * Guard data with a CRC of its own; the CRC of headers stays. For messenger 1.
     *
     * @defaultValue `true`
     */
    readonly crc?: boolean;
    /**
     * Sign messages, for messenger 1. Since Linux 4.4.
     *
     * @defaultValue `true`
     */
    readonly cephx_sign_messages?: boolean;
    /**
     * Send without Nagle's delay. Since Linux 4.0.
     *
     * @defaultValue `true`
     */
    readonly tcp_nodelay?: boolean;
    /**
     * The address of the machine that connections come from, if it has several: `'10.0.0.5'`.
     *
     * @defaultValue the kernel's choice
     */
    readonly ip?: string;
}

export type MapOptionName = keyof MapOptionValues;

/** What an option takes. */
export type MapOptionKind =
    /** Its name alone, or nothing. */
    | { readonly kind: 'flag' }
    /** Its name, or its name with `no` in front. */
    | { readonly kind: 'switch' }
    | { readonly kind: 'duration'; readonly least: 0 | 1 }
    | { readonly kind: 'count' }
    /** Bytes, a power of two. */
    | { readonly kind: 'power'; readonly least: number }
    | { readonly kind: 'choice'; readonly values: readonly string[] }
    | { readonly kind: 'location' }
    | { readonly kind: 'address' };

export type MapOptionRule = MapOptionKind & {
    /** The first kernel that has it; absent where all do that are in use. */
    readonly since?: KernelVersion;
};

/**
 * All options that a configuration may set. libceph's are in net/ceph/ceph_common.c
 * (ceph_parameters), rbd's in drivers/block/rbd.c (rbd_parameters); the versions are those of rbd(8).
 */
export const mapOptionRules: { readonly [Name in MapOptionName]-?: MapOptionRule } = Object.freeze({
    ms_mode: {
        kind: 'choice',
        values: ['legacy', 'crc', 'secure', 'prefer-crc', 'prefer-secure'],
        since: since('5.11'),
    },
    mount_timeout: { kind: 'duration', least: 0 },
    lock_timeout: { kind: 'duration', least: 0, since: since('4.17') },
    queue_depth: { kind: 'count', since: since('4.2') },
    alloc_size: { kind: 'power', least: 512, since: since('5.1') },
    notrim: { kind: 'flag', since: since('4.17') },
    lock_on_read: { kind: 'flag', since: since('4.9') },
    compression_hint: {
        kind: 'choice',
        values: ['none', 'compressible', 'incompressible'],
        since: since('5.8'),
    },
    read_from_replica: {
        kind: 'choice',
        values: ['no', 'balance', 'localize'],
        since: since('5.8'),
    },
    crush_location: { kind: 'location', since: since('5.8') },
    rxbounce: { kind: 'flag', since: since('5.17') },
    abort_on_full: { kind: 'flag', since: since('5.0') },
    osdkeepalive: { kind: 'duration', least: 1 },
    osd_idle_ttl: { kind: 'duration', least: 1 },
    osd_request_timeout: { kind: 'duration', least: 0 },
    share: { kind: 'switch' },
    crc: { kind: 'switch' },
    cephx_sign_messages: { kind: 'switch', since: since('4.4') },
    tcp_nodelay: { kind: 'switch', since: since('4.0') },
    ip: { kind: 'address' },
});

/** Options that look as if a configuration could set them, and why it cannot. */
export const refusedMapOptions: Readonly<Record<string, string>> = Object.freeze({
    name: 'rbdboot writes it from "client"',
    key: 'rbdboot puts the key of "client" into the keyring of the kernel',
    secret: 'sysfs would show it to every root process: rbdboot uses the keyring of the kernel',
    _pool_ns: 'rbdboot writes it from "image": pool/namespace/image',
    exclusive: 'rbdboot always sets it for a root that is written to: two writers destroy it',
    fsid: 'the kernel does not compare it; rbdboot does, with "cluster.fsid"',
    ro: 'rbdboot maps a snapshot read-only and an image for reading and writing',
    read_only: 'rbdboot maps a snapshot read-only and an image for reading and writing',
    rw: 'rbdboot maps a snapshot read-only and an image for reading and writing',
    read_write: 'rbdboot maps a snapshot read-only and an image for reading and writing',
    udev: 'it is an option of the rbd program, not of the kernel',
    noudev: 'it is an option of the rbd program, not of the kernel',
    noshare: 'write "share: false"',
    nocrc: 'write "crc: false"',
    nocephx_sign_messages: 'write "cephx_sign_messages: false"',
    notcp_nodelay: 'write "tcp_nodelay: false"',
    cephx_require_signatures: 'the kernel ignores it: signatures are always required',
    nocephx_require_signatures: 'the kernel ignores it: signatures are always required',
    osdtimeout: 'the kernel ignores it',
});
