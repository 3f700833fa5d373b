import type { ImageReference } from '../../model/image-reference.ts';
import { type MonitorAddress, printMonitorAddress } from '../../model/monitor-address.ts';
import {
    hostParametersFile,
    parameter,
    parameterSource,
    scanParameters,
} from '../../plan/find-parameter.ts';
import { imageParameter } from '../../plan/parameters.ts';
import { isHandedOver, type Setting } from '../../plan/setting.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import { fields, takeField } from '../../plan/take-field.ts';
import { isClientName, isRootLocation } from '../../plan/text-patterns.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    all,
    arm,
    assign,
    busyboxApplet,
    choose,
    command,
    compare,
    ignore,
    inspect,
    not,
    orElse,
    perform,
    printTo,
    readLine,
    returnWith,
    run,
    to,
    when,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';
import { knownMonitor } from './known-monitor.ts';
import { putKeyring } from './put-keyring.ts';

const mkdir = busyboxApplet('mkdir');

export interface ReadRbdrootInput {
    /** Those of the cluster that the scripts are made for. */
    readonly monitors: readonly MonitorAddress[];
    /** Whether images or snapshots are booted from. */
    readonly image: Setting<ImageReference>;
}

/** That the older argument, if there is one, has become parameters of this boot. */
export interface RbdrootRead {
    readonly parameters: typeof hostParametersFile;
}

/** Reads what older boot scripts are told on the kernel command line, for who comes from them. */
export const readRbdroot = defineStep<ReadRbdrootInput, RbdrootRead>('read-rbdroot', {
    contract: [
        'takes image, partition, client and key from rbdroot= or root=rbd: on the kernel command',
        'line, as older boot scripts have them, and puts them behind the parameters of the host',
        'archive: they win over it, and rbdboot.* on the kernel command line wins over them.',
        'rbdroot=MONITOR[,MONITOR..]:CLIENT:KEY:POOL:IMAGE:PARTITION:OPTIONS, or with CLIENT/KEY',
        'and POOL/IMAGE; `;` stands for the colon in a monitor. Nothing of it is evaluated.',
    ],
    keys: ['mac'],
    boot(scope, { monitors, image: wanted }) {
        const { form: imageForm, matches } = isHandedOver(wanted)
            ? wanted.parameter
            : imageParameter;
        const form = scope.local('form');
        const monitor = scope.local('monitor_list');
        const client = scope.local('client');
        const key = scope.local('key');
        const image = scope.local('image');
        const partition = scope.local('partition');
        const options = scope.local('options');
        const known = scope.local('known');
        return {
            statements: [
                ...findArgument(form),
                when(inspect('-z', form), [returnWith(0)]),
                ...readFields(form, { monitor, client, key, image, partition, options }),
                when(not(knownMonitor(monitor, monitors.map(printMonitorAddress))), [
                    scope.fail(
                        'RB236',
                        word`${form} names none of the monitors that this initrd is made for: ${monitors.map(printMonitorAddress).join(', ')}`,
                        'boot the initrd that is made for the cluster of this image, or correct "monitors" in the configuration',
                    ),
                ]),
                when(not(isClientName(client)), [
                    malformed(scope, form, 'the client is not the name of one'),
                ]),
                when(not(matches(image)), [
                    malformed(scope, form, `POOL and IMAGE are not ${imageForm}`),
                ]),
                ...refuseRest(scope, form, { partition, options }),
                ...putKeyring(scope, { form, client, key }),
                ...handOver(scope, { known, image, client, partition }),
                scope.say(word`${form} says ${image} as client.${client}`),
            ],
            achieved: { parameters: hostParametersFile },
        };
    },
});

/** `rbdroot=` or `root=rbd:`, the last of either; `rbdroot=` wins. */
function findArgument(form: Variable): readonly Statement[] {
    const scan = (name: string) =>
        perform(scanParameters, name, '/proc/cmdline', 'on the kernel command line');
    return [
        assign(parameter, ''),
        assign(form, ''),
        scan('rbdroot'),
        when(
            inspect('-n', parameter),
            [assign(form, 'rbdroot='), assign(fields, word`${parameter}:`)],
            [
                scan('root'),
                choose(parameter, [
                    arm(pattern`rbd:${anyString}`, [
                        assign(form, 'root=rbd:'),
                        assign(
                            fields,
                            word`${expand(parameter, { operator: 'remove-shortest-prefix', pattern: pattern`rbd:` })}:`,
                        ),
                    ]),
                ]),
            ],
        ),
    ];
}

interface Parts {
    readonly monitor: Variable;
    readonly client: Variable;
    readonly key: Variable;
    readonly image: Variable;
    readonly partition: Variable;
    readonly options: Variable;
}

function readFields(form: Variable, parts: Parts): readonly Statement[] {
    const { monitor, client, key, image, partition, options } = parts;
    return [
        ...takeField(monitor),
        ...takeField(client),
        choose(client, [
            arm(pattern`${anyString}/${anyString}`, [
                // A key has slashes of its own: the first one ends the client.
                assign(
                    key,
                    expand(client, {
                        operator: 'remove-shortest-prefix',
                        pattern: pattern`${anyString}/`,
                    }),
                ),
                assign(
                    client,
                    expand(client, {
                        operator: 'remove-longest-suffix',
                        pattern: pattern`/${anyString}`,
                    }),
                ),
                ...takeField(image),
                ...takeField(partition),
                // This form of root=rbd: has a file system there, which the initrd knows already.
                when(compare(form, '=', 'root=rbd:'), takeField(options)),
                ...takeField(options),
            ]),
            arm(pattern`${anyString}`, [
                ...takeField(key),
                ...takeField(image),
                ...takeField(options),
                assign(image, word`${image}/${options}`),
                ...takeField(partition),
                ...takeField(options),
            ]),
        ]),
    ];
}

function malformed(scope: StepScope, form: Variable, what: string): Statement {
    return scope.fail(
        'RB235',
        word`${form} ${parameterSource} is not of its form: ${what}`,
        'write it as MONITOR:CLIENT:KEY:POOL:IMAGE::, or leave it out and let the iPXE script of "rbdboot ipxe" load the host archive',
    );
}

/** What the older scripts did with these stands in the configuration now. */
function refuseRest(
    scope: StepScope,
    form: Variable,
    { partition, options }: Pick<Parts, 'partition' | 'options'>,
): readonly Statement[] {
    const refuse = (what: string, cure: string) =>
        scope.fail('RB236', word`${form} ${parameterSource} ${what}`, cure);
    return [
        when(all(inspect('-n', partition), not(isRootLocation(word`PARTITION=${partition}`))), [
            malformed(scope, form, 'the partition is no number from 1 to 15'),
        ]),
        choose(options, [
            arm([pattern``, pattern`rw`, pattern`defaults`], []),
            arm(pattern`${anyString}`, [
                refuse(
                    'has mount options, which this initrd does not take from there',
                    'write them as "rootFlags" of the hosts in the configuration, and make the initrd anew',
                ),
            ]),
        ]),
        when(all(inspect('-n', fields), compare(fields, '!=', ':')), [
            refuse(
                'goes on behind the mount options: a second image is not mapped',
                'leave it out; the running system maps further images, as rbdmap(8) does',
            ),
        ]),
    ];
}

function handOver(
    scope: StepScope,
    {
        known,
        image,
        client,
        partition,
    }: { readonly known: Variable } & Pick<Parts, 'image' | 'client' | 'partition'>,
): readonly Statement[] {
    return [
        run(command(mkdir, ['-p', '/etc/rbdboot']), ignore('writing into it says so')),
        assign(known, ''),
        when(inspect('-r', hostParametersFile), [
            readLine(
                known,
                hostParametersFile,
                ignore('a line without an end is read all the same'),
            ),
        ]),
        assign(known, word`${known} rbdboot.image=${image} rbdboot.client=${client}`),
        when(inspect('-n', partition), [
            assign(known, word`${known} rbdboot.root=PARTITION=${partition}`),
        ]),
        printTo(
            to(hostParametersFile),
            known,
            orElse(
                scope.fail(
                    'RB235',
                    `the initramfs cannot keep what it was told in ${hostParametersFile}`,
                    'give the machine more memory: the initramfs is in there',
                ),
            ),
        ),
    ];
}
