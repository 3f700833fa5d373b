import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Pattern, Statement, Variable } from '../../sh/ast.ts';
import {
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    inspect,
    orElse,
    pipeline,
    when,
} from '../../sh/build.ts';
import { anyString, pattern, word } from '../../sh/word.ts';
import type { Mapping } from './mapping.ts';

const dmesg = busyboxApplet('dmesg');
const grep = busyboxApplet('grep');

/**
 * Tells the person at the console why the kernel refused the map. The errno decides, as dd names
 * it, and where one errno has several causes, what the kernel logged decides between them
 * (drivers/block/rbd.c, net/ceph/mon_client.c).
 */
export function explainRefusal(
    scope: StepScope,
    refusal: Variable,
    { cluster, client, image }: Mapping,
): readonly Statement[] {
    const log = scope.local('log');
    const name = image.whole;
    const monitors = cluster.monitors.map(printMonitorAddress).join(', ');
    // What gives a client all that mapping with a lock takes (ceph-authtool(8), `profile rbd`).
    const profile = image.readOnly ? 'profile rbd-read-only' : 'profile rbd';
    const caps = word`give it the caps for that: ceph auth caps client.${client} mon '${profile}' osd '${profile} ${image.capsScope}'`;
    const keyRejected = scope.fail(
        'RB204',
        word`the monitors rejected the key of client.${client}`,
        word`compare the key in the keyring with what "ceph auth get client.${client}" prints on the cluster; put the right one in with "rbdboot install", then run "update-initramfs -u" in the root`,
    );
    const lockHeld = scope.fail(
        'RB208',
        word`another client holds the lock of ${name}`,
        word`"rbd status ${name}" and "rbd lock ls ${name}" say which: shut that machine down, or give this one an image of its own`,
    );
    const cannotBreakLock = scope.fail(
        'RB207',
        word`client.${client} may not break the stale lock of ${name}`,
        caps,
    );
    const capsMissing = scope.fail(
        'RB207',
        word`the caps of client.${client} do not allow it to map ${name}`,
        caps,
    );
    const unreachable = scope.fail(
        'RB205',
        `no monitor answered: ${monitors}`,
        'check that the monitors run, that this network reaches them, and the ports in "monitors" of the configuration',
    );
    const missing = scope.fail(
        'RB206',
        word`there is no image ${name}, or its pool or namespace does not exist`,
        'correct "image" of this host in the configuration, or create it: "rbd ls" lists the images of a pool or namespace',
    );
    const missingSnapshot = scope.fail(
        'RB206',
        word`there is no snapshot ${name}`,
        'correct "image" of this host in the configuration, or create it: "rbd snap ls" lists the snapshots of an image, "rbd snap create" makes one',
    );
    const noLockFeature = scope.fail(
        'RB209',
        word`the image ${name} lacks the feature exclusive-lock`,
        word`run "rbd feature enable ${name} exclusive-lock" on the cluster`,
    );
    const unsupported = scope.fail(
        'RB209',
        word`this kernel does not support a feature of the image ${name}`,
        word`"rbd info ${name}" lists them, the kernel's message above names the bits; "rbd feature disable" takes one away`,
    );
    const other = scope.fail(
        'RB209',
        word`the kernel refused to map ${name}: ${refusal}`,
        'look at what the kernel says of libceph and rbd above',
    );
    return [
        when(inspect('-n', refusal), [
            capture(
                log,
                pipeline(command(dmesg), command(grep, ['-E', 'libceph: |rbd: '])),
                orElse(assign(log, '')),
            ),
            choose(word`${refusal} ${log}`, [
                ...(image.readOnly
                    ? []
                    : [arm(text('Permission denied', 'failed to blocklist'), [cannotBreakLock])]),
                arm(
                    [
                        text('Permission denied', 'authentication failed'),
                        // What older monitors answer.
                        text('Operation not permitted', 'authentication failed'),
                    ],
                    [keyRejected],
                ),
                ...(image.readOnly
                    ? [arm(text('No such file or directory', 'rbd: snap '), [missingSnapshot])]
                    : [
                          arm(
                              [
                                  text('timed out', 'failed to acquire lock'),
                                  text('Read-only file system'),
                                  text('Device or resource busy'),
                              ],
                              [lockHeld],
                          ),
                      ]),
                arm(text('timed out'), [unreachable]),
                arm(text('No such file or directory'), [missing]),
                arm(text('Operation not permitted'), [capsMissing]),
                ...(image.readOnly
                    ? []
                    : [arm(text('Invalid argument', 'exclusive-lock feature'), [noLockFeature])]),
                arm(text('No such device or address'), [unsupported]),
                arm(pattern`${anyString}`, [other]),
            ]),
        ]),
    ];
}

/** Matches a refusal with this errno text and, in the kernel's log behind it, this text. */
function text(errno: string, logged?: string): Pattern {
    return logged === undefined
        ? pattern`${anyString}${errno}${anyString}`
        : pattern`${anyString}${errno}${anyString}${logged}${anyString}`;
}
