import { printInterfaceAddress } from '../../model/interface-address.ts';
import type { StaticAddress } from '../../model/site.ts';
import type { PlannedAddress } from '../../plan/author.ts';
import { findParameter } from '../../plan/find-parameter.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import { arm, choose, inspect, orElse, when } from '../../sh/build.ts';
import { word } from '../../sh/word.ts';
import { checkLease, findHandedOverAddress, isIpv6 } from './handed-over-address.ts';
import {
    gatewayText,
    refuseFurtherAddresses,
    setAddress,
    setRoute,
    waitForDetection,
} from './set-address.ts';

/** How an interface comes to its address: before it is up, and when it has a link. */
export interface Addressing {
    /** Run before anything is done to a NIC. */
    readonly find: readonly Statement[];
    readonly beforeUp: (nic: Variable) => readonly Statement[];
    readonly whenUp: (nic: Variable) => readonly Statement[];
}

const leaseCure = 'compare it with what the DHCP server leases to this machine';
const archiveCure =
    'correct "address" of this host in the configuration, then write its host archive anew with "rbdboot ipxe"';
const staticCure =
    'correct "address" of this host in the configuration; then run "rbdboot install" and "update-initramfs -u" in the root';

export function addressingOf(scope: StepScope, address: PlannedAddress): Addressing {
    switch (address) {
        case 'lease':
            return { find: [], beforeUp: () => [], whenUp: (nic) => useLease(scope, nic) };
        case 'dhcp':
            return { find: [], beforeUp: () => [], whenUp: (nic) => exchangeDhcp(scope, nic) };
        case 'handed-over':
            return handedOver(scope);
        default:
            return known(scope, address);
    }
}

function known(scope: StepScope, { ip, gateway }: StaticAddress): Addressing {
    const text = printInterfaceAddress(ip);
    const six = ip.family === 6;
    return {
        find: [],
        beforeUp: (nic) => (six ? [refuseFurtherAddresses(nic)] : []),
        whenUp: (nic) => [
            ...setAddress(scope, nic, text, gateway, staticCure),
            ...(six ? waitForDetection(scope, nic, text) : []),
            scope.note('address', word`${text} on ${nic}, gateway ${gateway ?? 'none'}`),
            scope.say(word`${nic} has ${text}`),
        ],
    };
}

function handedOver(scope: StepScope): Addressing {
    const { statements, address, gateway } = findHandedOverAddress(scope);
    const ifIpv6 = (then: readonly Statement[]) => choose(address, [arm(isIpv6, then)]);
    return {
        find: statements,
        beforeUp: (nic) => [ifIpv6([refuseFurtherAddresses(nic)])],
        whenUp: (nic) => [
            when(
                inspect('-n', address),
                [
                    ...setAddress(scope, nic, address, undefined, archiveCure),
                    when(inspect('-n', gateway), [setRoute(scope, nic, gateway, archiveCure)]),
                    ifIpv6(waitForDetection(scope, nic, address)),
                    ...tellHandedOver(scope, nic, address, gateway),
                ],
                exchangeDhcp(scope, nic),
            ),
        ],
    };
}

function useLease(scope: StepScope, nic: Variable): readonly Statement[] {
    const address = scope.local('address');
    const gateway = scope.local('gateway');
    return [
        ...findParameter(address, 'address'),
        when(
            inspect('-n', address),
            [
                ...checkLease(scope, address, gateway),
                ...setAddress(scope, nic, address, undefined, leaseCure),
                when(inspect('-n', gateway), [setRoute(scope, nic, gateway, leaseCure)]),
                ...tellHandedOver(scope, nic, address, gateway),
            ],
            exchangeDhcp(scope, nic),
        ),
    ];
}

function tellHandedOver(
    scope: StepScope,
    nic: Variable,
    address: Variable,
    gateway: Variable,
): readonly Statement[] {
    return [
        scope.note('address', word`${address} on ${nic}, gateway ${gatewayText(gateway)}`),
        scope.say(word`${nic} has ${address}, handed over by the boot loader`),
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
