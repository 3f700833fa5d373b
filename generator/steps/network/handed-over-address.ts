import { findParameter } from '../../plan/find-parameter.ts';
import { isIpv4Address, isNoIpv4Address } from '../../plan/ipv4-pattern.ts';
import { malformed } from '../../plan/settle.ts';
import type { StepScope } from '../../plan/step.ts';
import { isIpv6Address, isNumberFrom } from '../../plan/text-patterns.ts';
import type { Condition, Statement, Variable } from '../../sh/ast.ts';
import { all, any, arm, choose, compare, inspect, not, when } from '../../sh/build.ts';
import { anyString, expand, pattern } from '../../sh/word.ts';

/** What was handed over of an address: nothing of it is used before it matched. */
export interface HandedOverAddress {
    /** Looks for it, and ends the boot if it is malformed. */
    readonly statements: readonly Statement[];
    /** Empty if nothing was handed over. */
    readonly address: Variable;
    readonly gateway: Variable;
}

/** What iPXE leased: an IPv4 address with its netmask, as DHCP has it. */
export function checkLease(scope: StepScope, address: Variable, gateway: Variable): Statement[] {
    const { own, length, isBare } = partsOf(address);
    return [
        when(any(isBare, isNoIpv4Address(own), isNoIpv4Address(length)), [
            malformed(scope, 'address', 'ADDRESS/NETMASK'),
        ]),
        ...findParameter(gateway, 'gateway'),
        when(all(inspect('-n', gateway), isNoIpv4Address(gateway)), [
            malformed(scope, 'gateway', 'an IPv4 address'),
        ]),
    ];
}

/** A lease, or an address with the length of its prefix, IPv4 or IPv6, that the host always has. */
export function findHandedOverAddress(scope: StepScope): HandedOverAddress {
    const address = scope.local('address');
    const gateway = scope.local('gateway');
    const { own, length, isBare } = partsOf(address);
    const wrong = malformed(scope, 'address', 'ADDRESS/PREFIX or ADDRESS/NETMASK');
    const isNoNetmask = not(any(isIpv4Address(length), isNumberFrom(1, 32)(length)));
    return {
        address,
        gateway,
        statements: [
            ...findParameter(address, 'address'),
            choose(address, [
                arm(pattern``, []),
                arm(isIpv6, [
                    when(any(isBare, not(isIpv6Address(own)), not(isNumberFrom(1, 128)(length))), [
                        wrong,
                    ]),
                ]),
                arm(pattern`${anyString}`, [
                    when(any(isBare, isNoIpv4Address(own), isNoNetmask), [wrong]),
                ]),
            ]),
            ...findParameter(gateway, 'gateway'),
            choose(address, [
                arm(isIpv6, [gatewayIs(scope, gateway, isIpv6Address(gateway), 'an IPv6 address')]),
                arm(pattern`${anyString}`, [
                    gatewayIs(scope, gateway, isIpv4Address(gateway), 'an IPv4 address'),
                ]),
            ]),
        ],
    };
}

/** How an IPv6 address differs from an IPv4 one, once either has been matched. */
export const isIpv6 = pattern`${anyString}:${anyString}`;

/** How a lease differs from an address with the length of its prefix. */
export const isLease = pattern`${anyString}/${anyString}.${anyString}`;

function gatewayIs(scope: StepScope, gateway: Variable, right: Condition, form: string): Statement {
    return when(all(inspect('-n', gateway), not(right)), [malformed(scope, 'gateway', form)]);
}

function partsOf(address: Variable) {
    const own = expand(address, {
        operator: 'remove-longest-suffix',
        pattern: pattern`/${anyString}`,
    });
    const length = expand(address, {
        operator: 'remove-shortest-prefix',
        pattern: pattern`${anyString}/`,
    });
    // Where there is no slash, both parts are the whole: a bare address would pass for two.
    return { own, length, isBare: compare(own, '=', address) };
}
