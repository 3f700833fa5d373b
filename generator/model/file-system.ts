/** The file systems that a root can have, by the names that mount(8) and blkid(8) have for them. */
export const fileSystems = Object.freeze(['ext4', 'xfs', 'btrfs'] as const);

export type FileSystem = (typeof fileSystems)[number];

/**
 * Whether a root is checked before it is mounted.
 *
 * - `auto`: what can be mended safely is mended (e2fsck(8), `-p`), which takes no time if the file
 *   system is clean. xfs and btrfs look after themselves when they are mounted.
 * - `force`: the same, and all of it is looked at even if it is clean.
 * - `skip`: it is not checked.
 */
export const fsckPolicies = Object.freeze(['auto', 'force', 'skip'] as const);

export type FsckPolicy = (typeof fsckPolicies)[number];
