import { printMapOptions } from '../../model/map-option.ts';
import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { Word } from '../../sh/ast.ts';
import { word } from '../../sh/word.ts';
import type { Mapping } from './mapping.ts';

/**
 * The line that maps an image when it is written to `/sys/bus/rbd/add_single_major`:
 * `MONITORS OPTIONS POOL IMAGE SNAPSHOT` (Documentation/ABI/testing/sysfs-bus-rbd).
 *
 * `key=` names a key of the kernel's keyring, so the secret is not in the line, which sysfs shows
 * as `config_info` afterwards. `exclusive` refuses a second machine instead of passing the lock on.
 */
export function mapSpecification({ cluster, client, image, options }: Mapping): Word {
    const monitors = cluster.monitors.map(printMonitorAddress).join(',');
    const fixed = word`name=${client},key=client.${client},${image.namespaceOption}exclusive`;
    return word`${monitors} ${fixed},${printMapOptions(options)} ${image.pool} ${image.image} -`;
}
