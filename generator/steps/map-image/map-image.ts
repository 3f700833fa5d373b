import type { ImageReference } from '../../model/image-reference.ts';
import { keyringPath } from '../../model/keyring.ts';
import type { MapOption } from '../../model/map-option.ts';
import { printMonitorAddress } from '../../model/monitor-address.ts';
import type { ClientName } from '../../model/names.ts';
import type { Cluster } from '../../model/site.ts';
import { clientParameter } from '../../plan/parameters.ts';
import { isHandedOver, type Setting } from '../../plan/setting.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { BlockDevice, Modules, Net } from '../../plan/token.ts';
import type { ShellFunction, Statement, Variable, Word } from '../../sh/ast.ts';
import {
    arm,
    busyboxApplet,
    capture,
    choose,
    command,
    compare,
    from,
    ignore,
    inspect,
    not,
    orElse,
    perform,
    pipeline,
    rootProgram,
    run,
    runForStatus,
    when,
} from '../../sh/build.ts';
import { anyString, carriedFile, pattern, word } from '../../sh/word.ts';
import { explainRefusal, type RefusalLog } from './explain-refusal.ts';
import { findDevice, waitForNode } from './find-device.ts';
import { imageWords } from './image-words.ts';
import { dynamicDebug, findInLog, readLog, refuseShared, watchLock } from './lock-owner.ts';
import { type LockMode, mapSpecification } from './map-specification.ts';
import type { Mapping } from './mapping.ts';
import { unmap, writeMap } from './write-map.ts';

export interface MapImageInput {
    readonly net: Net;
    readonly modules: Modules<'rbd'>;
    readonly cluster: Cluster;
    readonly client: Setting<ClientName>;
    readonly image: Setting<ImageReference>;
    /** Options of the mapping besides rbdboot's own. @defaultValue none */
    readonly options?: readonly MapOption[];
}

const keyctl = rootProgram('/usr/bin/keyctl');
const sed = busyboxApplet('sed');
const base64 = busyboxApplet('base64');

/** Maps the image with its lock and finds its block device. */
export const mapImage = defineStep<MapImageInput, BlockDevice>('map-image', {
    contract: [
        'maps the image, holding its lock, and finds its block device by identity.',
        'The key goes through the kernel keyring and leaves it again. Sets device.',
    ],
    keys: ['image', 'mapOptions'],
    boot(scope, { cluster, client, image, options = [] }) {
        const device = scope.global('device');
        const key = scope.global('key');
        const words = imageWords(scope, image);
        const name = scope.settle(client, clientParameter);
        const mapping: Mapping = {
            cluster,
            client: name.value,
            image: words,
            ...keyringOf(client, name.value),
            options,
        };
        const call = mapFunctions(scope, device, key, mapping);
        const map = (lock: LockMode): readonly Statement[] => [
            perform(call.writeMap, mapSpecification(mapping, lock), words.whole, words.pool),
            when(inspect('-n', call.refusal), [
                perform(call.explainRefusal, name.value, words.whole, words.capsScope),
            ]),
            perform(
                call.findDevice,
                words.whole,
                words.pool,
                words.namespace,
                words.image,
                words.snapshot,
            ),
        ];
        return {
            statements: [
                ...words.statements,
                ...name.statements,
                scope.note('image', word`${words.whole} as client.${name.value}`),
                scope.note('monitors', cluster.monitors.map(printMonitorAddress).join(' ')),
                ...putKey(scope, { ...call, key }, mapping),
                scope.say(
                    words.readOnly
                        ? word`mapping ${words.whole} read-only as client.${name.value}`
                        : word`mapping ${words.whole} as client.${name.value}; after a power cut the old lock may take 30 s to go`,
                ),
                ...(words.readOnly ? map('exclusive') : mapAlone(scope, call, words.whole, map)),
                perform(call.dropKey),
                ...waitForNode(scope, device),
                scope.say(word`${words.whole} is ${device}`),
                scope.note('device', device),
            ],
            achieved: { path: device, mapped: device },
        };
    },
});

/**
 * `exclusive` takes the lock from a client that shares it, and the writes of that client fail from
 * then on. A mapping that shares its lock too gives it back: so that comes first.
 */
function mapAlone(
    scope: StepScope,
    call: MapFunctions,
    image: Word,
    map: (lock: LockMode) => readonly Statement[],
): readonly Statement[] {
    const exitCode = scope.local('exit_code');
    return [
        when(inspect('-w', dynamicDebug), [
            perform(call.watchLock, '+p'),
            ...map('shared'),
            perform(call.refuseShared, image),
            ...scope.reading({ mapped: call.device }, runForStatus(exitCode, command(call.unmap))),
            when(compare(exitCode, '!=', 0), [
                scope.fail(
                    'RB222',
                    word`something in the initramfs uses ${call.device} before it is handed over`,
                    'let nothing in the initramfs look for volumes or arrays on RBD devices by itself, as LVM or mdadm do',
                ),
            ]),
        ]),
        ...map('exclusive'),
        // Somebody may have come in between.
        when(inspect('-w', dynamicDebug), [
            perform(call.refuseShared, image),
            perform(call.watchLock, '-p'),
        ]),
    ];
}

type MapFunctions = ReturnType<typeof mapFunctions>;

/** The functions of this step, and what they hand to one another. */
function mapFunctions(scope: StepScope, device: Variable, key: Variable, mapping: Mapping) {
    const refusal = scope.global('refusal');
    const log = scope.global('log');
    const found = scope.global('logged');
    const read = { log, found, readLog: readLog(scope, log), findInLog: findInLog(scope, found) };
    const letGo = unmap(scope, device);
    const drop = dropKey(scope, key);
    return {
        device,
        refusal,
        log,
        readLog: read.readLog,
        dropKey: drop,
        watchLock: watchLock(scope),
        writeMap: writeMap(scope, refusal, mapping),
        unmap: letGo,
        findDevice: findDevice(scope, device, mapping.cluster.fsid, letGo),
        refuseShared: refuseShared(scope, { ...read, unmap: letGo }),
        explainRefusal: explainRefusal(scope, { ...read, refusal, dropKey: drop }, mapping),
    };
}

function dropKey(scope: StepScope, key: Variable): ShellFunction {
    return scope.helper({
        name: 'drop_key',
        contract: ['takes the key out of the kernel keyring; a mapping has its own copy.'],
        body: () => [
            run(
                command(keyctl, ['unlink', key, '@u']),
                ignore('the key is gone with the initramfs at the latest'),
            ),
        ],
    });
}

/** A known client has its keyring in the initrd, one that is handed over in the host archive. */
function keyringOf(
    client: Setting<ClientName>,
    name: Word,
): Pick<Mapping, 'keyring' | 'keyringCure'> {
    return isHandedOver(client)
        ? {
              keyring: word`/etc/ceph/ceph.client.${name}.keyring`,
              keyringCure: (of) =>
                  word`write the host archive with the keyring of client.${of} anew with "rbdboot ipxe", and let the iPXE script load it as a second initrd`,
          }
        : {
              keyring: carriedFile(keyringPath(client)),
              keyringCure: (of) =>
                  word`put the keyring of client.${of} into the root with "rbdboot install", then run "update-initramfs -u" there`,
          };
}

// The payload of a key of type "ceph" is binary, and it is what the base64 of a keyring holds.
function putKey(
    scope: StepScope,
    { key, log, readLog }: Pick<RefusalLog, 'log' | 'readLog'> & { readonly key: Variable },
    { client, keyring, keyringCure }: Mapping,
): readonly Statement[] {
    const cure = keyringCure(client);
    return [
        when(not(inspect('-r', keyring)), [
            scope.fail('RB214', word`the initrd has no ${keyring}`, cure),
        ]),
        capture(
            key,
            pipeline(
                command(sed, ['-n', 's/^[[:space:]]*key = //p'], [from(keyring)]),
                command(base64, ['-d']),
                command(keyctl, ['padd', 'ceph', word`client.${client}`, '@u']),
            ),
            orElse(
                perform(readLog),
                choose(log, [
                    arm(pattern`${anyString}secret too big${anyString}`, [
                        scope.fail(
                            'RB223',
                            word`the key of client.${client} is of a type that this kernel does not know: aes256k`,
                            word`boot Linux 7.0 or later, or make a key of the old type with "ceph auth rm client.${client}" and "ceph auth get-or-create client.${client} --key-type=aes ..."; ${cure}`,
                        ),
                    ]),
                ]),
                scope.fail(
                    'RB213',
                    word`the key of client.${client} cannot be put into the kernel keyring`,
                    cure,
                ),
            ),
        ),
    ];
}
