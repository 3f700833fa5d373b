import type { MacAddress } from '../../model/mac-address.ts';
import { macParameter } from '../../plan/parameters.ts';
import type { Setting } from '../../plan/setting.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { Net, Token } from '../../plan/token.ts';
import type { Statement } from '../../sh/ast.ts';
import {
    busyboxApplet,
    command,
    ignore,
    orElse,
    print,
    redirected,
    run,
    to,
} from '../../sh/build.ts';
import { type Argument, word } from '../../sh/word.ts';

/** The network managers of the real system know of the NIC. */
export type KeptAddress = Token<'KeptAddress'>;

export interface KeepAddressInput {
    readonly net: Net;
    readonly mac: Setting<MacAddress>;
}

const mkdir = busyboxApplet('mkdir');

/** What ifupdown takes the NIC to be configured as. */
const ifupdownName = 'rbdboot';

/**
 * Keeps the network managers of the real system from dropping the address of the NIC, which would
 * cut the machine off from its root. What it writes is below /run, which the system takes over, so
 * the root itself stays as it is.
 */
export const keepAddress = defineStep<KeepAddressInput, KeptAddress>('keep-address', {
    contract: [
        'tells systemd-networkd, NetworkManager and ifupdown of the real system,',
        'in /run, to leave the address of this NIC alone: the root is behind it.',
    ],
    keys: ['mac'],
    boot(scope, { mac, net }) {
        const { statements, value } = scope.settle(mac, macParameter);
        return {
            statements: [
                ...statements,
                // Before every other file for the NIC, as netplan's 10-netplan-*.network. The lease is
                // renewed under the identity that iPXE and ipconfig have (systemd.network(5)).
                makeDirectory('/run/systemd/network'),
                writeFile(scope, '/run/systemd/network/00-rbdboot.network', [
                    '[Match]',
                    word`PermanentMACAddress=${value}`,
                    '[Network]',
                    'DHCP=ipv4',
                    'KeepConfiguration=yes',
                    '[DHCPv4]',
                    'ClientIdentifier=mac',
                ]),
                // NetworkManager has no such setting: it keeps off the NIC (NetworkManager.conf(5)).
                makeDirectory('/run/NetworkManager/conf.d'),
                writeFile(scope, '/run/NetworkManager/conf.d/00-rbdboot.conf', [
                    '[keyfile]',
                    word`unmanaged-devices+=mac:${value}`,
                ]),
                // ifupdown keeps the state of a NIC in both of these (0.8). One that is up under a name
                // that no stanza has is neither brought up nor, at shutdown, brought down: what
                // "manual" stanzas and no-auto-down would have to be written into the root for.
                makeDirectory('/run/network'),
                writeFile(scope, '/run/network/ifstate', [word`${net.interface}=${ifupdownName}`]),
                writeFile(scope, word`/run/network/ifstate.${net.interface}`, [ifupdownName]),
            ],
            achieved: {},
        };
    },
});

function makeDirectory(directory: string): Statement {
    return run(command(mkdir, ['-p', directory]), ignore('writing into it says so'));
}

function writeFile(
    scope: StepScope,
    path: Argument,
    [first, ...others]: readonly [Argument, ...Argument[]],
): Statement {
    const warn = orElse(
        scope.say(word`${path} cannot be written: the system may drop the address`),
    );
    return redirected([print(first), ...others.map((line) => print(line))], [to(path)], warn);
}
