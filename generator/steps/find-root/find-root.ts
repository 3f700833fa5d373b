import type { RootLocation } from '../../model/root-location.ts';
import { poll } from '../../plan/poll.ts';
import { isHandedOver, type Setting } from '../../plan/setting.ts';
import { settleHandedOver } from '../../plan/settle.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { BlockDevice } from '../../plan/token.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    arm,
    assign,
    choose,
    command,
    forEachField,
    forEachPath,
    inspect,
    not,
    rootProgram,
    succeeds,
    to,
    when,
} from '../../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../../sh/word.ts';
import { noteContents } from '../check-root/note-contents.ts';

export interface FindRootInput {
    readonly device: BlockDevice;
    readonly root: Setting<RootLocation>;
}

/** Turns of a tenth of a second. The kernel makes the nodes of partitions before those of udev come. */
const nodeTurns = 100;

const blkid = rootProgram('/usr/sbin/blkid');

const cure =
    'correct "partition" or "root" of this host in the configuration; what is there stands below';

/**
 * Finds the root on the mapped image: a partition by its number, or whatever has the UUID, the label
 * or the PARTUUID. Other disks of the machine are not looked at: clones of one image have all of
 * these in common.
 */
export const findRoot = defineStep<FindRootInput, BlockDevice>('find-root', {
    contract: [
        'finds the root on the mapped image, and nowhere else: other disks may be called the same.',
        'Sets root_device.',
    ],
    keys: ['partition', 'root'],
    boot(scope, { device, root }) {
        const found = scope.global('root_device');
        return {
            statements: [
                ...(isHandedOver(root)
                    ? whatIsHandedOver(scope, device, root, found)
                    : findKnown(scope, device, root, found)),
                scope.note('root', found),
            ],
            achieved: { ...device, path: found },
        };
    },
});

function findKnown(
    scope: StepScope,
    device: BlockDevice,
    root: RootLocation,
    found: Variable,
): readonly Statement[] {
    const [tag = '', number = ''] = root.split('=');
    return tag === 'PARTITION'
        ? partition(scope, device, number, found)
        : tagged(scope, device, root, found);
}

function whatIsHandedOver(
    scope: StepScope,
    device: BlockDevice,
    root: Exclude<Setting<RootLocation>, RootLocation>,
    found: Variable,
): readonly Statement[] {
    const { statements, variable: given } = settleHandedOver(scope, root, scope.local);
    const number = expand(given, {
        operator: 'remove-shortest-prefix',
        pattern: pattern`PARTITION=`,
    });
    return [
        ...statements,
        choose(given, [
            arm(pattern``, [assign(found, device.path)]),
            arm(pattern`PARTITION=${anyString}`, partition(scope, device, number, found)),
            arm(pattern`${anyString}`, tagged(scope, device, given, found)),
        ]),
    ];
}

function partition(
    scope: StepScope,
    device: BlockDevice,
    number: Argument,
    found: Variable,
): readonly Statement[] {
    const turns = scope.local('turns');
    const missing = not(inspect('-b', found));
    return [
        assign(found, word`${device.path}p${number}`),
        ...poll(turns, missing, nodeTurns),
        when(missing, [
            ...noteContents(scope, device),
            scope.fail('RB225', word`${device.path} has no partition ${number}`, cure),
        ]),
    ];
}

function tagged(
    scope: StepScope,
    device: BlockDevice,
    tag: Argument,
    found: Variable,
): readonly Statement[] {
    const entry = scope.local('entry');
    const candidates = scope.local('candidates');
    const candidate = scope.local('candidate');
    const matching = scope.local('matching');
    // No cache of what was there at some other time.
    const hasTag = command(blkid, ['-c', '/dev/null', '-t', tag, candidate], [to('/dev/null')]);
    return [
        assign(candidates, device.path),
        forEachPath(entry, pattern`${device.path}p${anyString}`, [
            when(inspect('-b', entry), [assign(candidates, word`${candidates} ${entry}`)]),
        ]),
        assign(matching, ''),
        ...scope.reading(device, [
            forEachField(candidate, candidates, [
                when(succeeds(hasTag), [assign(matching, word`${matching} ${candidate}`)]),
            ]),
        ]),
        choose(matching, [
            arm(pattern``, [
                ...noteContents(scope, device),
                scope.fail('RB225', word`there is no ${tag} on ${device.path}`, cure),
            ]),
            arm(pattern` ${anyString} ${anyString}`, [
                ...noteContents(scope, device),
                scope.fail('RB229', word`${tag} is on more than one partition:${matching}`, cure),
            ]),
            arm(pattern`${anyString}`, [
                assign(
                    found,
                    expand(matching, {
                        operator: 'remove-shortest-prefix',
                        pattern: pattern` `,
                    }),
                ),
            ]),
        ]),
    ];
}
