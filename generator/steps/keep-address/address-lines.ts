import { printInterfaceAddress } from '../../model/interface-address.ts';
import type { PlannedAddress } from '../../plan/author.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement } from '../../sh/ast.ts';
import { arm, choose, inspect, print, when } from '../../sh/build.ts';
import { type Argument, anyString, pattern, word } from '../../sh/word.ts';
import { findHandedOverAddress, isIpv6, isLease } from '../network/handed-over-address.ts';

/** What keeps an address, in the words of systemd.network(5). */
export interface AddressLines {
    /** Run before. */
    readonly statements: readonly Statement[];
    /** Print the sections of a .network file from `[Network]` on. */
    readonly lines: readonly Statement[];
}

/** The lease is renewed under the identity that iPXE and ipconfig have. */
const leased = lines(
    '[Network]',
    'DHCP=ipv4',
    'KeepConfiguration=yes',
    '[DHCPv4]',
    'ClientIdentifier=mac',
);

/** Routes that routers announce are taken, addresses are not: as in the initramfs. */
const noFurtherAddresses = lines('[IPv6AcceptRA]', 'UseAutonomousPrefix=no');

export function addressLines(scope: StepScope, planned: PlannedAddress): AddressLines {
    if (planned === 'lease' || planned === 'dhcp') {
        return { statements: [], lines: leased };
    }
    if (planned !== 'handed-over') {
        const { ip, gateway } = planned;
        return {
            statements: [],
            lines: [
                ...fixed(printInterfaceAddress(ip)),
                ...(gateway === undefined ? [] : lines(`Gateway=${gateway}`)),
                ...(ip.family === 6 ? noFurtherAddresses : []),
            ],
        };
    }
    const { statements, address, gateway } = findHandedOverAddress(scope);
    const withGateway = [
        ...fixed(address),
        when(inspect('-n', gateway), lines(word`Gateway=${gateway}`)),
    ];
    return {
        statements,
        lines: [
            choose(address, [
                arm([pattern``, isLease], leased),
                arm(isIpv6, [...withGateway, ...noFurtherAddresses]),
                arm(pattern`${anyString}`, withGateway),
            ]),
        ],
    };
}

function fixed(address: Argument): readonly Statement[] {
    return lines('[Network]', word`Address=${address}`, 'KeepConfiguration=yes');
}

function lines(...texts: readonly Argument[]): readonly Statement[] {
    return texts.map((text) => print(text));
}
