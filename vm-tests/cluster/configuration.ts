import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { radosClasses } from '../programs.ts';
import { addressesOf, type ClusterPlan, monitorIds, osdIds } from './plan.ts';

/** The configuration file of a cluster, for its daemons and its administrator. */
export function printConfiguration(plan: ClusterPlan): string {
    const { capacity, fsid, logs, monitors, options, osds, state, store } = plan;
    const six = isIPv6(monitors[0]?.address ?? '');
    const own = [
        ...monitorIds(plan).map((id, index) => nodeSection(`mon.${id}`, monitors, index)),
        ...osdIds(plan).map((id, index) => nodeSection(`osd.${id}`, monitors, index)),
    ];
    const further = Object.entries(options).map(([name, value]) => `${name} = ${value}\n`);
    return `[global]
fsid = ${fsid}
mon initial members = ${monitorIds(plan).join(',')}
mon host = ${monitors.map(addressesOf).join(',')}
ms bind ipv4 = ${!six}
ms bind ipv6 = ${six}
run dir = ${state}
admin socket =
log file = ${join(logs, '$name.log')}
keyring = ${join(state, '$name.keyring')}
osd class dir = ${radosClasses}
osd pool default size = ${osds}
osd pool default min size = ${Math.ceil(osds / 2)}
osd pool default pg num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
rbd default features = 5
# Whoever meets a daemon that is about to start tries again at once: not after up to 15 s, and with
# a map of the OSDs that is not older than this.
ms initial backoff = 0.02
ms max backoff = 0.2
mon client hunt interval = 0.5
objecter tick interval = 0.2
${further.join('')}
[mon]
mon data = ${join(state, 'mon.$id')}
keyring = ${join(state, 'mon.$id/keyring')}
mon allow pool size one = true
mon warn on pool no redundancy = false
mon data avail warn = 1
mon data avail crit = 0
# Changes of the maps reach the daemons after 0.05 s, not after 1 s.
paxos propose interval = 0.05
# An election that somebody comes late to is held again after 1 s, not after 5 s.
mon election timeout = 1
mon probe timeout = 0.5
# A monitor that is down is complained of in the first minute of a cluster too.
mon down mkfs grace = 0
mon osd initial require min compat client = nautilus
# All OSDs are on one host for the monitors, so there are no two hosts to complain of one.
mon osd min down reporters = 1

[osd]
osd data = ${join(state, 'osd.$id')}
keyring = ${join(state, 'osd.$id/keyring')}
osd objectstore = ${store === 'memory' ? 'memstore' : 'bluestore'}
memstore device bytes = ${capacity}
bluestore block size = ${capacity}
bluestore fsck on mkfs = false
bluestore cache autotune = false
bluestore cache size = ${64 * 1024 ** 2}
# A file that is closed, of which there are six when an OSD starts, is waited for that long.
bdev aio poll ms = 5

${own.join('\n')}`;
}

function nodeSection(name: string, monitors: ClusterPlan['monitors'], index: number): string {
    const { address } = monitors[index % monitors.length] ?? {};
    return `[${name}]\npublic addr = ${address}\n`;
}
