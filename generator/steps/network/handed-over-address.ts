import { findParameter } from '../../plan/find-parameter.ts';
import { isNoIpv4Address } from '../../plan/ipv4-pattern.ts';
import { malformed } from '../../plan/settle.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import {
    all,
    any,
    busyboxApplet,
    command,
    compare,
    inspect,
    orElse,
    run,
    when,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';

const ip = busyboxApplet('ip');

/** Checks what the boot loader handed over, and sets it: nothing of it is used before it matched. */
export function handedOverAddress(
    scope: StepScope,
    nic: Variable,
    address: Variable,
): readonly Statement[] {
    const gateway = scope.local('gateway');
    const local = expand(address, {
        operator: 'remove-longest-suffix',
        pattern: pattern`/${anyString}`,
    });
    const netmask = expand(address, {
        operator: 'remove-shortest-prefix',
        pattern: pattern`${anyString}/`,
    });
    return [
        // Where there is no slash, both parts are the whole: a bare address would pass for two.
        when(any(compare(local, '=', address), isNoIpv4Address(local), isNoIpv4Address(netmask)), [
            malformed(scope, 'address', 'ADDRESS/NETMASK'),
        ]),
        ...findParameter(gateway, 'gateway'),
        when(all(inspect('-n', gateway), isNoIpv4Address(gateway)), [
            malformed(scope, 'gateway', 'an IPv4 address'),
        ]),
        set(
            scope,
            ['addr', 'add', address, 'dev', nic],
            word`the address ${address} cannot be set on ${nic}`,
        ),
        when(inspect('-n', gateway), [
            set(
                scope,
                ['route', 'add', 'default', 'via', gateway, 'dev', nic],
                word`the default route through ${gateway} cannot be set on ${nic}`,
            ),
        ]),
        scope.note(
            'address',
            word`${address} on ${nic}, gateway ${expand(gateway, { operator: 'default', text: 'none' })}`,
        ),
        scope.say(word`${nic} has ${address}, handed over by the boot loader`),
    ];
}

function set(scope: StepScope, args: readonly (string | Variable)[], what: Word): Statement {
    return run(
        command(ip, args),
        orElse(
            scope.fail(
                'RB212',
                what,
                'compare it with what the DHCP server leases to this machine',
            ),
        ),
    );
}
