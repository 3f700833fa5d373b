import type { MacAddress } from '../../model/mac-address.ts';
import type { AddressSource } from '../../model/site.ts';
import { findParameter } from '../../plan/find-parameter.ts';
import { macParameter } from '../../plan/parameters.ts';
import { poll } from '../../plan/poll.ts';
import type { Setting } from '../../plan/setting.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { Net } from '../../plan/token.ts';
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import {
    assign,
    breakLoop,
    busyboxApplet,
    command,
    compare,
    forEachPath,
    inspect,
    orElse,
    readLine,
    run,
    when,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';
import { handedOverAddress } from './handed-over-address.ts';

const ip = busyboxApplet('ip');

/** Turns of a tenth of a second: a NIC whose driver loads late, a switch port that wakes up slowly. */
const nicTurns = 300;
const carrierTurns = 100;

const everyNic = pattern`/sys/class/net/${anyString}`;

export interface NetworkInput {
    readonly mac: Setting<MacAddress>;
    readonly address: AddressSource;
}

/** Brings the NIC with the MAC address up; it has an IPv4 address afterwards. Others stay as they are. */
export const network = defineStep<NetworkInput, Net>('network', {
    contract: [
        'brings one NIC up, found by its MAC address, with the address that the boot',
        'loader handed over (rbdboot.address, rbdboot.gateway) or else one from DHCP.',
        'Sets interface. Other NICs are left alone.',
    ],
    keys: ['mac', 'address'],
    boot(scope, { mac, address }) {
        const nic = scope.global('interface');
        const turns = scope.local('turns');
        const wanted = scope.settle(mac, macParameter);
        return {
            statements: [
                ...wanted.statements,
                ...findNic(scope, nic, turns, wanted.value),
                ...waitForCarrier(scope, nic, turns),
                ...(address === 'lease' ? useLease(scope, nic) : exchangeDhcp(scope, nic)),
            ],
            achieved: { interface: nic },
        };
    },
});

function findNic(
    scope: StepScope,
    nic: Variable,
    turns: Variable,
    mac: Word,
): readonly Statement[] {
    const candidate = scope.local('candidate');
    const found = scope.local('found');
    const seen = scope.local('seen');
    const name = expand(candidate, {
        operator: 'remove-longest-prefix',
        pattern: pattern`${anyString}/`,
    });
    return [
        ...poll(turns, inspect('-z', nic), nicTurns, [
            assign(seen, ''),
            forEachPath(candidate, everyNic, [
                // A bond, a VLAN or a bridge can have the same address: only a NIC has a device.
                when(inspect('-e', word`${candidate}/device`), [
                    readLine(found, word`${candidate}/address`, orElse(assign(found, ''))),
                    assign(seen, word`${seen} ${name}=${found}`),
                    when(compare(found, '=', mac), [assign(nic, name), breakLoop]),
                ]),
            ]),
        ]),
        when(inspect('-z', nic), [
            scope.fail(
                'RB202',
                word`no NIC has the MAC address ${mac}; there are:${expand(seen, { operator: 'default', text: ' none' })}`,
                'correct "mac" of this host in the configuration, or, if its NIC is not among these, add its driver to "nicModules"; then run "rbdboot install" and "update-initramfs -u" in the root',
            ),
        ]),
        scope.note('nic', word`${nic} ${mac}`),
    ];
}

function waitForCarrier(scope: StepScope, nic: Variable, turns: Variable): readonly Statement[] {
    const carrier = scope.local('carrier');
    return [
        run(
            command(ip, ['link', 'set', nic, 'up']),
            orElse(
                scope.fail(
                    'RB212',
                    word`the NIC ${nic} cannot be brought up`,
                    'look at what the kernel says of its driver above',
                ),
            ),
        ),
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

function useLease(scope: StepScope, nic: Variable): readonly Statement[] {
    const address = scope.local('address');
    return [
        ...findParameter(address, 'address'),
        when(
            inspect('-n', address),
            handedOverAddress(scope, nic, address),
            exchangeDhcp(scope, nic),
        ),
    ];
}

function exchangeDhcp(scope: StepScope, nic: Variable): readonly Statement[] {
    return [
        scope.say(word`asking for an address on ${nic} with DHCP`),
        ...scope.environment.dhcp(
            nic,
            orElse(
                scope.fail(
                    'RB211',
                    word`no DHCP server gave an address to ${nic}`,
                    'check the cable, the VLAN of the switch port, and that the DHCP server knows this MAC address',
                ),
            ),
        ),
        scope.note('address', word`from DHCP on ${nic}`),
    ];
}
