import type { MacAddress } from '../../model/mac-address.ts';
import type { PlannedAddress } from '../../plan/author.ts';
import { macParameter } from '../../plan/parameters.ts';
import type { Setting } from '../../plan/setting.ts';
import { whenGiven } from '../../plan/settle.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { Net, Token } from '../../plan/token.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    appendTo,
    assign,
    busyboxApplet,
    command,
    forEachPath,
    ignore,
    inspect,
    orElse,
    print,
    printTo,
    redirected,
    run,
    to,
    when,
} from '../../sh/build.ts';
import { type Argument, anyString, expand, pattern, toWord, word } from '../../sh/word.ts';
import { bondInterface } from '../network/bond.ts';
import { type Link, settleLink } from '../network/link.ts';
import { vlanInterface } from '../network/vlan.ts';
import { addressLines } from './address-lines.ts';
import { membersOf } from './members.ts';

/** The network managers of the real system know of the NIC. */
export type KeptAddress = Token<'KeptAddress'>;

export interface KeepAddressInput extends Link {
    readonly net: Net;
    readonly mac: Setting<MacAddress>;
    readonly address: PlannedAddress;
}

const mkdir = busyboxApplet('mkdir');

/** What ifupdown takes the NIC to be configured as. */
const ifupdownName = 'rbdboot';

/** Before every other file for the NIC, as netplan's 10-netplan-*.network. */
const prefix = '00-rbdboot';

/**
 * Keeps the network managers of the real system from dropping the address of the NIC, which would
 * cut the machine off from its root. What it writes is below /run, which the system takes over, so
 * the root itself stays as it is.
 *
 * systemd-networkd takes the first file that fits (systemd.network(5)), and a VLAN can have the
 * permanent address of its NIC: the files of bond and VLAN sort before that of the NIC.
 */
export const keepAddress = defineStep<KeepAddressInput, KeptAddress>('keep-address', {
    contract: [
        'tells systemd-networkd, NetworkManager and ifupdown of the real system,',
        'in /run, to leave the address of this NIC alone: the root is behind it.',
    ],
    keys: ['mac', 'address', 'mtu', 'vlan', 'bond'],
    boot(scope, input) {
        const mac = scope.settle(input.mac, macParameter);
        const link = settleLink(scope, input);
        const { mtu, vlan, bond } = link;
        const address = addressLines(scope, input.address);
        const members = membersOf(scope, input.bond, bond.value, mac.value);
        const size = whenGiven(input.mtu, mtu.value, lines('[Link]', word`MTUBytes=${mtu.value}`));
        const overNic = whenGiven(
            input.vlan,
            vlan.value,
            lines('[Network]', `VLAN=${vlanInterface}`),
            address.lines,
        );
        const ofBond = [
            ...writeFile(scope, `${prefix}-bond.network`, [
                ...lines('[Match]', `Name=${bondInterface}`),
                ...size,
                ...overNic,
            ]),
        ];
        const ofVlan = [
            ...writeFile(scope, `${prefix}-vlan.netdev`, [
                ...lines('[NetDev]', `Name=${vlanInterface}`, 'Kind=vlan'),
                ...lines('[VLAN]', word`Id=${vlan.value}`),
            ]),
            ...writeFile(scope, `${prefix}-vlan.network`, [
                ...lines('[Match]', `Name=${vlanInterface}`),
                ...size,
                ...address.lines,
            ]),
        ];
        return {
            statements: [
                ...[mac, mtu, vlan, bond].flatMap(({ statements }) => statements),
                ...address.statements,
                ...members.statements,
                makeDirectory('/run/systemd/network'),
                ...whenGiven(input.bond, bond.value, ofBond),
                ...whenGiven(input.vlan, vlan.value, ofVlan),
                ...writeFile(scope, `${prefix}.network`, [
                    ...lines('[Match]', word`PermanentMACAddress=${members.permanent}`),
                    // networkd would take a NIC down to put it into the bond that it is in.
                    ...whenGiven(input.bond, bond.value, lines('[Link]', 'Unmanaged=yes'), [
                        ...size,
                        ...overNic,
                    ]),
                ]),
                ...leaveToUs(scope, members.unmanaged, input),
                ...tellIfupdown(scope, input),
            ],
            achieved: {},
        };
    },
});

/** NetworkManager has no such setting: it keeps off the NIC (NetworkManager.conf(5)). */
function leaveToUs(scope: StepScope, nics: Argument, { vlan, bond }: Link): readonly Statement[] {
    const virtual = [
        ...(bond === undefined ? [] : [`interface-name:${bondInterface};`]),
        ...(vlan === undefined ? [] : [`interface-name:${vlanInterface};`]),
    ].join('');
    const directory = '/run/NetworkManager/conf.d';
    return [
        makeDirectory(directory),
        writeLines(
            scope,
            `${directory}/${prefix}.conf`,
            lines('[keyfile]', word`unmanaged-devices+=${virtual}${nics}`),
        ),
    ];
}

/**
 * ifupdown keeps the state of a NIC in both of these files (0.8). One that is up under a name that no
 * stanza has is neither brought up nor, at shutdown, brought down: what "manual" stanzas and
 * no-auto-down would have to be written into the root for.
 */
function tellIfupdown(
    scope: StepScope,
    { net, vlan, bond }: KeepAddressInput,
): readonly Statement[] {
    const directory = '/run/network';
    const state = `${directory}/ifstate`;
    const ofOne = (nic: Variable) => writeLines(scope, word`${state}.${nic}`, lines(ifupdownName));
    const first = [
        makeDirectory(directory),
        writeLines(scope, state, lines(word`${net.interface}=${ifupdownName}`)),
        ofOne(net.interface),
    ];
    if (vlan === undefined && bond === undefined) {
        return first;
    }
    const link = scope.local('link');
    const lower = scope.local('lower');
    const name = expand(link, {
        operator: 'remove-longest-prefix',
        pattern: pattern`${anyString}/lower_`,
    });
    return [
        ...first,
        // The kernel links each interface to those that it lies over.
        forEachPath(link, pattern`/sys/class/net/root-${anyString}/lower_${anyString}`, [
            when(inspect('-e', link), [
                assign(lower, name),
                printTo(
                    appendTo(state),
                    word`${lower}=${ifupdownName}`,
                    orElse(warning(scope, state)),
                ),
                ofOne(lower),
            ]),
        ]),
    ];
}

function makeDirectory(directory: string): Statement {
    return run(command(mkdir, ['-p', directory]), ignore('writing into it says so'));
}

function writeFile(
    scope: StepScope,
    name: string,
    content: readonly Statement[],
): readonly Statement[] {
    return [writeLines(scope, `/run/systemd/network/${name}`, content)];
}

function writeLines(scope: StepScope, path: Argument, content: readonly Statement[]): Statement {
    const [first = print(''), ...others] = content;
    return redirected([first, ...others], [to(path)], orElse(warning(scope, path)));
}

function warning(scope: StepScope, path: Argument) {
    return scope.say(word`${path} cannot be written: the system may drop the address`);
}

function lines(...texts: readonly Argument[]): readonly Statement[] {
    return texts.map((text) => print(toWord(text)));
}
