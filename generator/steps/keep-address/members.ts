import type { Bond } from '../../model/bond.ts';
import { forEachFurtherEntry } from '../../plan/for-each-entry.ts';
import { isHandedOver, type Setting } from '../../plan/setting.ts';
import { whenGiven } from '../../plan/settle.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Word } from '../../sh/ast.ts';
import { assign } from '../../sh/build.ts';
import { toWord, word } from '../../sh/word.ts';

/** The NICs that the network managers are told of. */
export interface Members {
    readonly statements: readonly Statement[];
    /** Their MAC addresses, as a list of systemd.network(5). */
    readonly permanent: Word;
    /** The same, as the end of a list of NetworkManager.conf(5). */
    readonly unmanaged: Word;
}

/**
 * @param value the bond as text, if it is handed over.
 * @param mac of the only NIC, where there is no bond.
 */
export function membersOf(
    scope: StepScope,
    bond: Setting<Bond> | undefined,
    value: Word,
    mac: Word,
): Members {
    const alone = { permanent: mac, unmanaged: word`mac:${mac}` };
    if (bond === undefined) {
        return { statements: [], ...alone };
    }
    if (!isHandedOver(bond)) {
        return {
            statements: [],
            permanent: toWord(bond.nics.join(' ')),
            unmanaged: toWord(bond.nics.map((nic) => `mac:${nic}`).join(';')),
        };
    }
    const permanent = scope.local('permanent');
    const unmanaged = scope.local('unmanaged');
    const member = scope.local('member');
    const each = forEachFurtherEntry(
        { list: value, separator: ',', rest: scope.local('rest'), entry: member },
        [
            assign(permanent, word`${permanent} ${member}`),
            assign(unmanaged, word`${unmanaged}mac:${member};`),
        ],
    );
    return {
        statements: whenGiven(bond, value, each, [
            assign(permanent, alone.permanent),
            assign(unmanaged, alone.unmanaged),
        ]),
        permanent: toWord(permanent),
        unmanaged: toWord(unmanaged),
    };
}
