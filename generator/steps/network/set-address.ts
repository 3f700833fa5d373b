import { poll } from '../../plan/poll.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import {
    busyboxApplet,
    command,
    ignore,
    orElse,
    pipeline,
    printTo,
    run,
    succeeds,
    to,
    when,
} from '../../sh/build.ts';
import { type Argument, expand, word } from '../../sh/word.ts';

const ip = busyboxApplet('ip');
const grep = busyboxApplet('grep');

/** Turns of a tenth of a second: the kernel looks for a second, after a delay of up to another. */
const detectionTurns = 50;

/** Sets an address that is known, and the route to other networks. */
export function setAddress(
    scope: StepScope,
    nic: Variable,
    address: Argument,
    gateway: Argument | undefined,
    cure: string,
): readonly Statement[] {
    return [
        set(
            scope,
            ['addr', 'add', address, 'dev', nic],
            word`the address ${address} cannot be set on ${nic}`,
            cure,
        ),
        ...(gateway === undefined ? [] : [setRoute(scope, nic, gateway, cure)]),
    ];
}

export function setRoute(
    scope: StepScope,
    nic: Variable,
    gateway: Argument,
    cure: string,
): Statement {
    return set(
        scope,
        ['route', 'add', 'default', 'via', gateway, 'dev', nic],
        word`the default route through ${gateway} cannot be set on ${nic}`,
        cure,
    );
}

/**
 * Has a NIC take no addresses from routers, while it goes on taking routes from them: it is to have
 * the one address that others know it by (Documentation/networking/ip-sysctl.rst, `autoconf`).
 */
export function refuseFurtherAddresses(nic: Variable): Statement {
    return printTo(
        to(word`/proc/sys/net/ipv6/conf/${nic}/autoconf`),
        '0',
        ignore('without IPv6 in the kernel, setting the address says so'),
    );
}

/**
 * Waits until the kernel has made sure that nobody else has the IPv6 address, which cannot be used
 * before (RFC 4862, 5.4). Somebody else's ends the boot: two machines with one address would cut
 * each other off.
 */
export function waitForDetection(
    scope: StepScope,
    nic: Variable,
    address: Argument,
): readonly Statement[] {
    const shows = (flag: string) =>
        succeeds(
            pipeline(
                command(ip, ['-o', '-6', 'addr', 'show', 'dev', nic, 'scope', 'global']),
                command(grep, ['-q', '-w', flag]),
            ),
        );
    return [
        ...poll(scope.local('turns'), shows('tentative'), detectionTurns),
        when(shows('dadfailed'), [
            scope.fail(
                'RB219',
                word`another machine on the network of ${nic} has the address ${address}`,
                'find it with "ip neigh" on a machine of that network, and give one of the two another address',
            ),
        ]),
    ];
}

/** The text of the fact for a gateway that may be empty. */
export function gatewayText(gateway: Variable): Word {
    return expand(gateway, { operator: 'default', text: 'none' });
}

function set(scope: StepScope, args: readonly Argument[], what: Word, cure: string): Statement {
    return run(command(ip, args), orElse(scope.fail('RB212', what, cure)));
}
