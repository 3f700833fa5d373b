import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { StepScope } from '../../plan/step.ts';
import type { CaseArm, Pattern, ShellFunction, Variable } from '../../sh/ast.ts';
import { argumentOf, arm, assign, choose, perform } from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';
import { ownerInLog } from './lock-owner.ts';
import { mappedWith } from './map-specification.ts';
import type { Mapping } from './mapping.ts';
import { nameFeatures } from './name-features.ts';

/** What the functions of this step hand to one another. */
export interface RefusalLog {
    readonly refusal: Variable;
    readonly log: Variable;
    readonly found: Variable;
    readonly readLog: ShellFunction;
    readonly findInLog: ShellFunction;
    readonly dropKey: ShellFunction;
}

/**
 * Emits `explain_refusal CLIENT IMAGE SCOPE`: tells the person at the console why the kernel refused
 * the map. The errno decides, as dd names it, and where one errno has several causes, what the
 * kernel logged decides between them (drivers/block/rbd.c, net/ceph). A cause that the configuration
 * of the host rules out has no arm.
 */
export function explainRefusal(
    scope: StepScope,
    call: RefusalLog,
    mapping: Pick<Mapping, 'cluster' | 'image' | 'options' | 'keyringCure'>,
): ShellFunction {
    return scope.helper({
        name: 'explain_refusal',
        takes: 'CLIENT IMAGE SCOPE',
        contract: [
            'ends this boot, and says why the kernel did not map the image.',
            'The cure for missing caps is narrowed to this scope.',
        ],
        body: (local) => {
            const client = local('client');
            const image = local('image');
            const caps = local('caps');
            const { readOnly } = mapping.image;
            const profile = readOnly ? 'profile rbd-read-only' : 'profile rbd';
            return [
                assign(client, argumentOf(1)),
                assign(image, argumentOf(2)),
                assign(
                    caps,
                    // All that mapping with a lock takes (ceph-authtool(8), `profile rbd`).
                    word`ceph auth caps client.${client} mon '${profile}' osd '${profile} ${argumentOf(3)}'`,
                ),
                perform(call.dropKey),
                perform(call.readLog),
                choose(word`${call.refusal} ${call.log}`, [
                    ...(readOnly ? [] : ofLock(scope, call, { client, image, caps }, mapping)),
                    ...ofMessenger(scope, call, mapping),
                    ...ofKey(scope, client, mapping),
                    ...ofCaps(scope, { client, image, caps }, readOnly),
                    ...ofImage(scope, call, image, readOnly),
                    arm(text('Cannot send after transport endpoint shutdown'), [
                        scope.fail(
                            'RB224',
                            word`this machine is on the blocklist of the cluster, which shuts client.${client} out`,
                            'the entry with its address, see below, is in "ceph osd blocklist ls": take it out with "ceph osd blocklist rm ENTRY"; it was fenced on purpose, or its image was taken over',
                        ),
                    ]),
                    arm(
                        [text('Interrupted system call'), pattern`interrupted ${anyString}`],
                        [
                            scope.fail(
                                'RB209',
                                word`the map of ${image} was interrupted by a signal`,
                                'let nothing in the initramfs end programs of this step; start the machine again',
                            ),
                        ],
                    ),
                    arm(pattern`${anyString}`, [
                        scope.fail(
                            'RB209',
                            word`the kernel refused to map ${image}: ${call.refusal}`,
                            'look at what the kernel says of libceph and rbd below',
                        ),
                    ]),
                ]),
            ];
        },
    });
}

interface Named {
    readonly client: Variable;
    readonly image: Variable;
    /** The command that gives the client all the caps it needs. */
    readonly caps: Variable;
}

function ofLock(
    scope: StepScope,
    { found, findInLog }: RefusalLog,
    { client, image, caps }: Named,
    { options }: Pick<Mapping, 'options'>,
): readonly CaseArm[] {
    const owner = expand(found, { operator: 'default', text: 'another client' });
    const whoCure = word`"rbd status ${image}" lists who has it open: shut that machine down, or give this one an image of its own`;
    return [
        arm(text('Permission denied', 'failed to blocklist'), [
            scope.fail(
                'RB207',
                word`client.${client} may not break the stale lock of ${image}`,
                word`give it the caps for that: ${caps}`,
            ),
        ]),
        arm(text('timed out', 'failed to acquire lock'), [
            perform(findInLog, ownerInLog),
            scope.fail(
                'RB208',
                word`${owner} did not let go of the lock of ${image} within ${mappedWith(options, 'lock_timeout')} s`,
                word`of a dead client the lock can be broken after 30 s, so let "lock_timeout" in "mapOptions" be well above that; of a living one: ${whoCure}`,
            ),
        ]),
        arm(text('Read-only file system'), [
            perform(findInLog, ownerInLog),
            scope.fail('RB208', word`${owner} holds the lock of ${image}`, whoCure),
        ]),
        arm(text('Device or resource busy'), [
            perform(
                findInLog,
                // The number of the client with a dot, as "rbd lock rm" wants it.
                String.raw`s/.* decode_locker client\([0-9]*\) cookie \([A-Za-z0-9_.:-]*\) addr .*/\2 client.\1/p`,
            ),
            scope.fail(
                'RB208',
                word`${image} was locked by hand, with "rbd lock add": ${expand(found, { operator: 'default', text: 'the kernel does not say by whom' })}`,
                word`ask who did that, "rbd lock ls ${image}" shows the address; then run: rbd lock rm ${image} ${expand(found, { operator: 'default', text: 'ID LOCKER' })}`,
            ),
        ]),
    ];
}

function ofMessenger(
    scope: StepScope,
    { found, findInLog }: RefusalLog,
    { cluster, options }: Pick<Mapping, 'cluster' | 'options'>,
): readonly CaseArm[] {
    const mode = mappedWith(options, 'ms_mode');
    const monitors = cluster.monitors.map(printMonitorAddress).join(', ');
    const monitor = expand(found, { operator: 'default', text: 'a monitor' });
    const unreachable = scope.fail(
        'RB205',
        `no monitor answered: ${monitors}`,
        'check that the monitors run, that this network reaches them, and the ports in "monitors" of the configuration',
    );
    const asked = (expression: string) => perform(findInLog, expression);
    const mismatch =
        mode === 'legacy'
            ? [
                  arm(text('timed out', 'V1_BANNER'), [
                      asked(
                          String.raw`s/.* mon[0-9]* (.)\([^ ]*\) socket closed (con state V1_BANNER).*/\1/p`,
                      ),
                      scope.fail(
                          'RB221',
                          word`${monitor} does not speak messenger 1, which this machine speaks without "ms_mode"`,
                          'write the port of messenger 1 under "monitors", which is 6789, or give the host mapOptions: { ms_mode: "prefer-crc" }',
                      ),
                  ]),
              ]
            : [
                  arm(text('timed out', 'speaking msgr1'), [
                      asked(
                          String.raw`s/.* mon[0-9]* (.)\([^ ]*\) server is speaking msgr1.*/\1/p`,
                      ),
                      scope.fail(
                          'RB221',
                          word`${monitor} speaks messenger 1, and ms_mode=${mode} is messenger 2`,
                          'write the port of messenger 2 under "monitors", which is 3300, or leave "ms_mode" out of "mapOptions"',
                      ),
                  ]),
                  arm(text('Permission denied', `mode '`), [
                      scope.fail(
                          'RB221',
                          `the monitors do not allow ms_mode=${mode}`,
                          `"ceph config get mon ms_mon_service_mode" prints what they allow: write that as "ms_mode" in "mapOptions"`,
                      ),
                  ]),
              ];
    const encryption = mode.endsWith('secure')
        ? [
              arm(text('timed out', 'gcm tfm'), [
                  scope.fail(
                      'RB201',
                      `the kernel has no gcm(aes), which ms_mode=${mode} encrypts with`,
                      'put its modules into the initrd with "rbdboot install" and "update-initramfs -u" in the root: gcm, ctr, ghash_generic, gf128mul',
                  ),
              ]),
          ]
        : [];
    return [...mismatch, ...encryption, arm(text('timed out'), [unreachable])];
}

function ofKey(
    scope: StepScope,
    client: Variable,
    { keyringCure }: Pick<Mapping, 'keyringCure'>,
): readonly CaseArm[] {
    return [
        arm(
            [
                text('Permission denied', 'authentication failed'),
                // What older monitors answer.
                text('Operation not permitted', 'authentication failed'),
            ],
            [
                scope.fail(
                    'RB204',
                    word`the monitors rejected the key of client.${client}`,
                    word`compare the key in the keyring with what "ceph auth get client.${client}" prints on the cluster; ${keyringCure(client)}`,
                ),
            ],
        ),
        arm(text('Operation not permitted', 'key not found'), [
            scope.fail(
                'RB223',
                word`the key of client.${client} was gone from the kernel keyring before it was used`,
                'look what else in the initramfs runs "keyctl", as to clear a keyring or to let keys expire',
            ),
        ]),
        arm(text('Invalid argument', 'no secret set'), [
            scope.fail(
                'RB223',
                word`the cluster asks for a key, and client.${client} was mapped without one`,
                keyringCure(client),
            ),
        ]),
        arm(text('Invalid argument', 'parse secret'), [
            scope.fail(
                'RB223',
                word`the kernel cannot read the key of client.${client}`,
                word`it may be of a type that this kernel does not know: compare "ceph auth get client.${client}"; ${keyringCure(client)}`,
            ),
        ]),
    ];
}

function ofCaps(
    scope: StepScope,
    { client, image, caps }: Named,
    readOnly: boolean,
): readonly CaseArm[] {
    const cure = word`give it the caps for that: ${caps}`;
    return [
        ...(readOnly
            ? []
            : [
                  arm(text('Operation not permitted', 'image_id is'), [
                      scope.fail(
                          'RB207',
                          word`the caps of client.${client} let it read ${image}, and not write to it`,
                          cure,
                      ),
                  ]),
              ]),
        arm(text('Operation not permitted'), [
            scope.fail(
                'RB207',
                word`the caps of client.${client} do not allow it to map ${image}`,
                cure,
            ),
        ]),
    ];
}

function ofImage(
    scope: StepScope,
    { found, findInLog }: RefusalLog,
    image: Variable,
    readOnly: boolean,
): readonly CaseArm[] {
    const refused = (what: Parameters<StepScope['fail']>[1], cure: typeof what) =>
        scope.fail('RB209', what, cure);
    const names = nameFeatures(scope, found);
    const look = 'look at what the kernel says of libceph and rbd below';
    return [
        ...(readOnly
            ? [
                  arm(text('No such file or directory', 'rbd: snap '), [
                      scope.fail(
                          'RB206',
                          word`there is no snapshot ${image}`,
                          'correct "image" of this host in the configuration, or create it: "rbd snap ls" lists the snapshots of an image, "rbd snap create" makes one',
                      ),
                  ]),
              ]
            : []),
        arm(text('No such file or directory'), [
            scope.fail(
                'RB206',
                word`there is no image ${image}, or its pool or namespace does not exist`,
                'correct "image" of this host in the configuration, or create it: "rbd ls" lists the images of a pool or namespace',
            ),
        ]),
        arm(text('No such device or address', 'unsupported features: 0x'), [
            perform(findInLog, String.raw`s/.*unsupported features: \(0x[0-9a-f]\{1,8\}\)$/\1/p`),
            perform(names, expand(found, { operator: 'default', text: '0' })),
            refused(
                word`this kernel does not support these features of the image ${image}:${found}`,
                word`boot a newer kernel, or take them away: rbd feature disable ${image}${found}`,
            ),
        ]),
        ...(readOnly
            ? []
            : [
                  arm(text('Invalid argument', 'exclusive-lock feature'), [
                      refused(
                          word`the image ${image} lacks the feature exclusive-lock`,
                          word`run "rbd feature enable ${image} exclusive-lock" on the cluster`,
                      ),
                  ]),
              ]),
        arm(text('Invalid argument', 'parent chain'), [
            refused(
                word`${image} is a clone of a clone of a clone, and so on: the kernel takes 16 of them`,
                word`give it all of its data: rbd flatten ${image}`,
            ),
        ]),
        arm(text('Invalid argument', 'parse monitor IPs'), [
            refused(
                'the kernel cannot read the addresses of the monitors',
                'write them as ADDRESS:PORT or [ADDRESS]:PORT under "monitors" of the configuration: no names, no "v2:"',
            ),
        ]),
        arm(text('Invalid argument', 'Unknown parameter'), [
            refused(
                'this kernel does not know one of the map options, which it names below',
                'take that option out of "mapOptions", or boot a newer kernel',
            ),
        ]),
        arm(text('File name too long'), [
            refused(
                word`a part of the name ${image} is longer than the kernel takes`,
                'rename it: the name of a snapshot may have 250 characters',
            ),
        ]),
        arm(text('Invalid argument', 'no image name'), [
            refused('the line that maps the image has no image in it', look),
        ]),
    ];
}

/** Matches a refusal with this errno text and, in the kernel's log behind it, this text. */
function text(errno: string, logged?: string): Pattern {
    return logged === undefined
        ? pattern`${anyString}${errno}${anyString}`
        : pattern`${anyString}${errno}${anyString}${logged}${anyString}`;
}
