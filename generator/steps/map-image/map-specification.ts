import type { MapOption } from '../../model/map-option.ts';
import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { Word } from '../../sh/ast.ts';
import { word } from '../../sh/word.ts';
import type { Mapping } from './mapping.ts';

/**
 * What rbdboot sets unless the configuration says otherwise, in seconds. The watch of a machine that
 * lost power lasts 30 s (osd_client_watch_timeout) and its lock as long, so a `lock_timeout` anywhere
 * near that keeps a machine out after a power cut. 60 s for `mount_timeout` is the kernel's own.
 */
const defaults = { lock_timeout: 90, mount_timeout: 60 } as const;

/** A snapshot is mapped without watch and lock: both are for who writes (drivers/block/rbd.c). */
const defaultsOfSnapshot = { mount_timeout: 60 } as const;

/** How the lock of an image is held: until the end, or until another client asks for it. */
export type LockMode = 'exclusive' | 'shared';

/**
 * The line that maps an image when it is written to `/sys/bus/rbd/add_single_major`:
 * `MONITORS OPTIONS POOL IMAGE SNAPSHOT` (Documentation/ABI/testing/sysfs-bus-rbd).
 *
 * `key=` names a key of the kernel's keyring, so the secret is not in the line, which sysfs shows
 * as `config_info` afterwards. `exclusive` refuses a second machine instead of passing the lock on.
 * `ro` says of a snapshot what it is anyway, and keeps off an image if there is none in the line.
 *
 * @param lock of an image that is written to.
 */
export function mapSpecification(
    { cluster, client, image, options }: Mapping,
    lock: LockMode,
): Word {
    const monitors = cluster.monitors.map(printMonitorAddress).join(',');
    const user = word`name=${client},key=client.${client}`;
    const others = [
        ...(image.readOnly ? ['ro'] : lock === 'exclusive' ? ['exclusive'] : []),
        ...defaultsBeside(image.readOnly ? defaultsOfSnapshot : defaults, options),
        ...options.map((one) => one.word),
    ].join(',');
    return word`${monitors} ${user},${image.namespaceOption}${others} ${image.pool} ${image.image} ${image.snapshot}`;
}

/** The value of an option that the kernel maps with, as the configuration has it or rbdboot sets it. */
export function mappedWith(
    options: readonly MapOption[],
    name: keyof typeof defaults | 'ms_mode',
): string {
    const given = options.find((one) => one.name === name)?.word;
    if (given !== undefined) {
        return given.slice(name.length + 1);
    }
    return name === 'ms_mode' ? 'legacy' : String(defaults[name]);
}

function defaultsBeside(
    defaults: Readonly<Record<string, number>>,
    options: readonly MapOption[],
): readonly string[] {
    const given: readonly string[] = options.map(({ name }) => name);
    return Object.entries(defaults)
        .filter(([name]) => !given.includes(name))
        .map(([name, seconds]) => `${name}=${seconds}`);
}
