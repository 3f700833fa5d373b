import type { Bond } from '../../model/bond.ts';
import { askKernel } from '../../plan/ask-kernel.ts';
import { forEachFurtherEntry } from '../../plan/for-each-entry.ts';
import { isHandedOver, type Setting } from '../../plan/setting.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import {
    assign,
    busyboxApplet,
    command,
    forEachWord,
    ignore,
    initramfsProgram,
    inspect,
    orElse,
    printTo,
    run,
    to,
    when,
} from '../../sh/build.ts';
import { type Argument, anyString, expand, moduleName, pattern, word } from '../../sh/word.ts';
import { failWithoutNic, findNicByMac } from './find-nic.ts';

const ip = busyboxApplet('ip');
const modprobe = initramfsProgram('modprobe');

/** What the bond is called, in the initramfs and in the real system. */
export const bondInterface = 'root-bond';

/** How often the kernel looks at the links of the NICs, in milliseconds; 0, its default, is never. */
const linkMonitoring = 100;

/**
 * Makes the bond and has its NICs join it. A NIC that is not there is none to stop for: that is what
 * the bond is for.
 *
 * @param value the bond as text, if it is handed over.
 * @param mac the address of the bond, whichever NIC joins first.
 */
export function makeBond(
    scope: StepScope,
    bond: Setting<Bond>,
    value: Word,
    mac: Word,
    target: Variable,
    nics: Variable,
): readonly Statement[] {
    const sysfs = `/sys/class/net/${bondInterface}/bonding`;
    const member = scope.local('member');
    const nic = scope.local('nic');
    const joined = scope.local('joined');
    const mode = isHandedOver(bond) ? scope.local('mode') : bond.mode;
    const join = joinBond(scope, member, nic, joined);
    const loop = isHandedOver(bond)
        ? forEachFurtherEntry(
              { list: value, separator: ',', rest: scope.local('rest'), entry: member },
              join,
          )
        : [forEachWord(member, bond.nics, join)];
    return [
        ...(typeof mode === 'string' ? [] : firstEntry(mode, value)),
        run(
            // Without the option the module makes a bond of its own.
            command(modprobe, [moduleName('bonding'), 'max_bonds=0']),
            orElse(
                scope.fail(
                    'RB201',
                    'the kernel module bonding could not be loaded',
                    'serve the kernel and the initrd of one version; "update-initramfs -u" in the root makes the initrd',
                ),
            ),
        ),
        attempt(scope, ['link', 'add', 'name', bondInterface, 'type', 'bond'], 'be made'),
        attempt(
            scope,
            ['link', 'set', bondInterface, 'address', mac],
            word`take the MAC address ${mac}`,
        ),
        printTo(to(`${sysfs}/mode`), mode, refused(scope, word`take the mode ${mode}`)),
        printTo(
            to(`${sysfs}/miimon`),
            linkMonitoring,
            refused(scope, 'look at the links of its NICs'),
        ),
        assign(joined, ''),
        ...loop,
        when(
            inspect('-z', joined),
            failWithoutNic(
                scope,
                nics,
                'none of the NICs of the bond is there',
                'correct "bond" of this host in the configuration, or, if its NICs are not among these, add their drivers to "nicModules"; then run "rbdboot install" and "update-initramfs -u" in the root',
            ),
        ),
        scope.note('bond', word`${bondInterface} ${mac} of${joined}, ${mode}`),
        scope.say(word`${bondInterface} has the NICs${joined}`),
        assign(target, bondInterface),
    ];
}

function firstEntry(target: Variable, list: Word): readonly Statement[] {
    return [
        assign(target, list),
        assign(
            target,
            expand(target, { operator: 'remove-longest-suffix', pattern: pattern`,${anyString}` }),
        ),
    ];
}

function joinBond(
    scope: StepScope,
    member: Variable,
    nic: Variable,
    joined: Variable,
): readonly Statement[] {
    return [
        ...findNicByMac(scope, nic, member),
        when(
            inspect('-z', nic),
            [
                scope.say(
                    word`${bondInterface} goes without the NIC ${member}, which is not there`,
                ),
                scope.note('nic', word`${member} is not there`),
            ],
            [
                run(
                    command(ip, ['link', 'set', nic, 'down']),
                    ignore('a NIC joins while it is down, which most are'),
                ),
                attempt(
                    scope,
                    ['link', 'set', nic, 'master', bondInterface],
                    word`take the NIC ${nic}`,
                ),
                scope.note('nic', word`${nic} ${member}`),
                assign(joined, word`${joined} ${nic}`),
            ],
        ),
    ];
}

function attempt(scope: StepScope, args: readonly Argument[], what: Argument): Statement {
    return run(command(ip, args), refused(scope, what));
}

function refused(scope: StepScope, what: Argument) {
    return orElse(
        scope.fail(
            'RB217',
            word`the bond ${bondInterface} cannot ${what}`,
            askKernel('the bond and of the drivers of its NICs'),
        ),
    );
}
