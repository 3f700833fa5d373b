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
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import {
    assign,
    busyboxApplet,
    capture,
    command,
    errorsToOutput,
    from,
    ignore,
    inspect,
    not,
    orElse,
    pipeline,
    printing,
    rootProgram,
    run,
    when,
} from '../../sh/build.ts';
import { carriedFile, word } from '../../sh/word.ts';
import { explainRefusal } from './explain-refusal.ts';
import { findDevice } from './find-device.ts';
import { imageWords } from './image-words.ts';
import { mapSpecification } from './map-specification.ts';
import type { Mapping } from './mapping.ts';

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
const dd = busyboxApplet('dd');

/** Maps the image with its lock and finds its block device. */
export const mapImage = defineStep<MapImageInput, BlockDevice>('map-image', {
    contract: [
        'maps the image, holding its lock, and finds its block device by identity.',
        'The key goes through the kernel keyring and leaves it again. Sets device.',
    ],
    keys: ['image', 'mapOptions'],
    boot(scope, { cluster, client, image, options = [] }) {
        const device = scope.global('device');
        const words = imageWords(scope, image);
        const name = scope.settle(client, clientParameter);
        const { keyring, keyringCure } = keyringOf(client, name.value);
        const monitors = cluster.monitors.map(printMonitorAddress).join(' ');
        return {
            statements: [
                ...words.statements,
                ...name.statements,
                scope.note('image', word`${words.whole} as client.${name.value}`),
                scope.note('monitors', monitors),
                ...writeMap(scope, {
                    cluster,
                    client: name.value,
                    image: words,
                    keyring,
                    keyringCure,
                    options,
                }),
                ...findDevice(scope, device, words, cluster.fsid),
                scope.say(word`${words.whole} is ${device}`),
                scope.note('device', device),
            ],
            achieved: { path: device },
        };
    },
});

function writeMap(scope: StepScope, mapping: Mapping): readonly Statement[] {
    const { image, client } = mapping;
    const key = scope.local('key');
    const refusal = scope.local('refusal');
    return [
        ...putKey(scope, key, mapping),
        scope.say(
            image.readOnly
                ? word`mapping ${image.whole} read-only as client.${client}`
                : word`mapping ${image.whole} as client.${client}; after a power cut the old lock may take 30 s to go`,
        ),
        assign(refusal, ''),
        // dd, since it makes one write(2) of the whole line and says which error the kernel gave.
        capture(
            refusal,
            pipeline(
                printing(mapSpecification(mapping)),
                command(
                    dd,
                    ['bs=4096', 'status=none', 'of=/sys/bus/rbd/add_single_major'],
                    [errorsToOutput],
                ),
            ),
            orElse(assign(refusal, word`${refusal} refused`)),
        ),
        run(
            command(keyctl, ['unlink', key, '@u']),
            ignore('the key is gone with the initramfs at the latest'),
        ),
        ...explainRefusal(scope, refusal, mapping),
    ];
}

/** A known client has its keyring in the initrd, one that is handed over in the host archive. */
function keyringOf(
    client: Setting<ClientName>,
    name: Word,
): Pick<Mapping, 'keyring' | 'keyringCure'> {
    return isHandedOver(client)
        ? {
              keyring: word`/etc/ceph/ceph.client.${name}.keyring`,
              keyringCure: word`write the host archive with the keyring of client.${name} anew with "rbdboot ipxe", and let the iPXE script load it as a second initrd`,
          }
        : {
              keyring: carriedFile(keyringPath(client)),
              keyringCure: word`put the keyring of client.${name} into the root with "rbdboot install", then run "update-initramfs -u" there`,
          };
}

// The payload of a key of type "ceph" is binary, and it is what the base64 of a keyring holds.
function putKey(
    scope: StepScope,
    key: Variable,
    { client, keyring, keyringCure: cure }: Mapping,
): readonly Statement[] {
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
                scope.fail(
                    'RB213',
                    word`the key of client.${client} cannot be put into the kernel keyring`,
                    cure,
                ),
            ),
        ),
    ];
}
