import type { Bond } from '../../model/bond.ts';
import type { MacAddress } from '../../model/mac-address.ts';
import type { Mtu } from '../../model/mtu.ts';
import type { VlanId } from '../../model/vlan-id.ts';
import { askKernel } from '../../plan/ask-kernel.ts';
import type { PlannedAddress } from '../../plan/author.ts';
import { macParameter } from '../../plan/parameters.ts';
import { poll } from '../../plan/poll.ts';
import type { Setting } from '../../plan/setting.ts';
import { whenGiven } from '../../plan/settle.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { Net } from '../../plan/token.ts';
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import {
    assign,
    busyboxApplet,
    command,
    compare,
    inspect,
    orElse,
    readLine,
    run,
    when,
} from '../../sh/build.ts';
import { word } from '../../sh/word.ts';
import { addressingOf } from './addressing.ts';
import { makeBond } from './bond.ts';
import { failWithoutNic, findNicByMac } from './find-nic.ts';
import { settleLink } from './link.ts';
import { makeVlan } from './vlan.ts';

const ip = busyboxApplet('ip');

/** Turns of a tenth of a second: a switch port that wakes up slowly. */
const carrierTurns = 100;

export interface NetworkInput {
    readonly mac: Setting<MacAddress>;
    readonly address: PlannedAddress;
    /** @defaultValue what the NIC has */
    readonly mtu?: Setting<Mtu> | undefined;
    /** @defaultValue frames without a tag */
    readonly vlan?: Setting<VlanId> | undefined;
    /** @defaultValue the NIC alone */
    readonly bond?: Setting<Bond> | undefined;
}

/** Brings the NIC with the MAC address up; it has an address afterwards. Others stay as they are. */
export const network = defineStep<NetworkInput, Net>('network', {
    contract: [
        'brings one NIC up, found by its MAC address, or a bond or VLAN over it,',
        'with the address of the configuration, the one that was handed over',
        '(rbdboot.address, rbdboot.gateway), or else one from DHCP.',
        'Sets interface. Other NICs are left alone.',
    ],
    keys: ['mac', 'address', 'mtu', 'vlan', 'bond'],
    boot(scope, input) {
        const nic = scope.global('interface');
        const nics = scope.local('nics');
        const wanted = scope.settle(input.mac, macParameter);
        const { mtu, vlan, bond } = settleLink(scope, input);
        const addressing = addressingOf(scope, input.address);
        return {
            statements: [
                ...wanted.statements,
                ...mtu.statements,
                ...vlan.statements,
                ...bond.statements,
                ...addressing.find,
                ...whenGiven(
                    input.bond,
                    bond.value,
                    input.bond === undefined
                        ? []
                        : makeBond(scope, input.bond, bond.value, wanted.value, nic, nics),
                    useOneNic(scope, nic, wanted.value, nics),
                ),
                ...whenGiven(input.mtu, mtu.value, setMtu(scope, nic, mtu.value)),
                ...addressing.beforeUp(nic),
                ...bringUp(scope, nic),
                ...waitForCarrier(scope, nic),
                ...whenGiven(input.vlan, vlan.value, [
                    ...makeVlan(scope, nic, vlan.value),
                    ...addressing.beforeUp(nic),
                    ...bringUp(scope, nic),
                ]),
                ...addressing.whenUp(nic),
            ],
            achieved: { interface: nic },
        };
    },
});

function useOneNic(
    scope: StepScope,
    nic: Variable,
    mac: Word,
    nics: Variable,
): readonly Statement[] {
    return [
        ...findNicByMac(scope, nic, mac),
        when(
            inspect('-z', nic),
            failWithoutNic(
                scope,
                nics,
                word`no NIC has the MAC address ${mac}`,
                'correct "mac" of this host in the configuration, or, if its NIC is not among these, add its driver to "nicModules"; then run "rbdboot install" and "update-initramfs -u" in the root',
            ),
        ),
        scope.note('nic', word`${nic} ${mac}`),
    ];
}

function setMtu(scope: StepScope, nic: Variable, mtu: Word): readonly Statement[] {
    return [
        run(
            command(ip, ['link', 'set', nic, 'mtu', mtu]),
            orElse(
                scope.fail(
                    'RB218',
                    word`${nic} does not take an MTU of ${mtu}`,
                    'lower "mtu" of this host in the configuration to what the NIC and the switch take',
                ),
            ),
        ),
        scope.note('mtu', mtu),
    ];
}

function bringUp(scope: StepScope, nic: Variable): readonly Statement[] {
    return [
        run(
            command(ip, ['link', 'set', nic, 'up']),
            orElse(
                scope.fail(
                    'RB212',
                    word`the NIC ${nic} cannot be brought up`,
                    askKernel('its driver'),
                ),
            ),
        ),
    ];
}

function waitForCarrier(scope: StepScope, nic: Variable): readonly Statement[] {
    const turns = scope.local('turns');
    const carrier = scope.local('carrier');
    return [
        assign(carrier, 0),
        ...poll(turns, compare(carrier, '!=', 1), carrierTurns, [
            readLine(carrier, word`/sys/class/net/${nic}/carrier`, orElse(assign(carrier, 0))),
        ]),
        when(compare(carrier, '!=', 1), [
            scope.say(word`${nic} has no link after 10 s: is the cable in?`),
            scope.note('link', 'none'),
        ]),
    ];
}
