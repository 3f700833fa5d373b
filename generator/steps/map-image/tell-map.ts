import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { StepScope } from '../../plan/step.ts';
import { tellInTime, tellingSeconds } from '../../plan/teller.ts';
import type { CaseArm, Pattern, ShellFunction, Word } from '../../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    orElse,
    perform,
    pipeline,
} from '../../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../../sh/word.ts';
import { mappedWith } from './map-specification.ts';
import type { Mapping } from './mapping.ts';

const dmesg = busyboxApplet('dmesg');
const grep = busyboxApplet('grep');

type Waited = Pick<Mapping, 'cluster' | 'image' | 'options'>;

/**
 * Emits `tell_map IMAGE POOL`, which runs in a process of its own while the kernel maps. What asks an
 * OSD waits for ever: neither `mount_timeout` nor `lock_timeout` counts for it, and where a pool is
 * full or the OSDs are known to be down, there is nothing to see on a console (net/ceph/osd_client.c).
 */
export function tellMap(scope: StepScope, mapping: Waited): ShellFunction {
    const explain = explainWait(scope, mapping);
    const { first, next } = tellingSeconds;
    return scope.helper({
        name: 'tell_map',
        takes: 'IMAGE POOL',
        contract: [
            'runs beside a map until it is ended, and says what the map waits for:',
            `after ${first} s, and then every ${next} s.`,
        ],
        body: (local) =>
            tellInTime(first, local('left'), [], [perform(explain, argumentOf(1), argumentOf(2))]),
    });
}

/** Emits `explain_wait IMAGE POOL`. */
function explainWait(scope: StepScope, { cluster, image: { readOnly }, options }: Waited) {
    const image = argumentOf(1);
    const pool = argumentOf(2);
    const monitors = cluster.monitors.map(printMonitorAddress).join(', ');
    return scope.helper({
        name: 'explain_wait',
        takes: 'IMAGE POOL',
        contract: [
            'says what the map of this image waits for, as far as the kernel tells.',
            'Each map ends with its "capacity": what the log has before that is of an earlier one.',
        ],
        body: (local) => {
            const told = local('told');
            return [
                capture(
                    told,
                    pipeline(command(dmesg), command(grep, ['-E', 'libceph: |rbd: '])),
                    orElse(assign(told, '')),
                ),
                choose(sinceLastMap(told), [
                    ...(readOnly
                        ? []
                        : [fullPool(scope, image, pool), ofLock(scope, image, options)]),
                    // Once for each client, when it has all that monitors tell (net/ceph/ceph_common.c).
                    arm(text(' fsid '), [
                        scope.warn(
                            'RB245',
                            word`the monitors answer, and the OSDs that have to do not: the map of ${image} waits, and goes on as soon as they do`,
                            '"ceph health detail" tells which OSDs are down, or that the cluster is paused; if all is well there, see that this network reaches the OSDs, at the addresses in "ceph osd dump", and not the monitors alone',
                        ),
                    ]),
                    arm(pattern`${anyString}`, [
                        scope.announce(
                            `still no answer from a monitor: ${monitors}; ${givenUp(mappedWith(options, 'mount_timeout'))}`,
                        ),
                    ]),
                ]),
            ];
        },
    });
}

/** A map that succeeded says last how large the image is (drivers/block/rbd.c, rbd_dev_device_setup). */
function sinceLastMap(told: Parameters<typeof expand>[0]): Word {
    return expand(told, {
        operator: 'remove-longest-prefix',
        pattern: pattern`${anyString}capacity`,
    });
}

/** The pool by its number, or the cluster; the last is of earlier kernels (net/ceph/osd_client.c, __submit_request). */
function fullPool(scope: StepScope, image: Argument, pool: Argument): CaseArm {
    return arm(
        [text(' is full '), text('FULL or reached')],
        [
            scope.warn(
                'RB244',
                word`the pool ${pool} is full, by itself or with the whole cluster: the map of ${image} waits, and goes on as soon as there is room`,
                word`"ceph health detail" and "ceph osd df" tell what is full, "ceph osd pool get-quota ${pool}" what the pool may have: add OSDs, raise the quota, or delete images; if that waits too, "ceph osd set-full-ratio 0.97" gives room for it, until it is 0.95 again`,
            ),
        ],
    );
}

/** The kernel asks for the lock, and looks who has it when nobody answers. */
function ofLock(scope: StepScope, image: Argument, options: Mapping['options']): CaseArm {
    return arm(
        [text('no lock owners'), text('decode_locker'), text('breaking header lock')],
        [
            scope.announce(
                word`still waiting for the lock of ${image}, which another client has: "rbd status ${image}" lists who; ${givenUp(mappedWith(options, 'lock_timeout'))}`,
            ),
        ],
    );
}

/** @param limit of the kernel, in seconds: `0` is none. */
function givenUp(limit: string): string {
    return limit === '0' ? 'this machine waits for ever' : `given up after ${limit} s`;
}

function text(part: string): Pattern {
    return pattern`${anyString}${part}${anyString}`;
}
