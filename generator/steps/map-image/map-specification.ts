import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { Cluster } from '../../model/site.ts';
import type { Word } from '../../sh/ast.ts';
import { word } from '../../sh/word.ts';
import type { ImageWords } from './image-words.ts';

/**
 * Seconds to wait for the image's lock. The watch of a machine that lost power lasts 30 s
 * (osd_client_watch_timeout) and its lock as long, so anything near that keeps a machine out
 * after a power cut.
 */
const lockTimeout = 90;

/** Seconds until an unreachable cluster is reported; the kernel's own default is 60. */
const mountTimeout = 60;

/**
 * The line that maps an image when it is written to `/sys/bus/rbd/add_single_major`:
 * `MONITORS OPTIONS POOL IMAGE SNAPSHOT` (Documentation/ABI/testing/sysfs-bus-rbd).
 *
 * `key=` names a key of the kernel's keyring, so the secret is not in the line, which sysfs shows
 * as `config_info` afterwards. `exclusive` refuses a second machine instead of passing the lock on.
 */
export function mapSpecification(cluster: Cluster, client: Word, image: ImageWords): Word {
    const monitors = cluster.monitors.map(printMonitorAddress).join(',');
    const timeouts = `lock_timeout=${lockTimeout},mount_timeout=${mountTimeout}`;
    const options = word`name=${client},key=client.${client},${image.namespaceOption}exclusive,${timeouts}`;
    return word`${monitors} ${options} ${image.pool} ${image.image} -`;
}
