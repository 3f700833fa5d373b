import type { Bond } from '../../model/bond.ts';
import type { Mtu } from '../../model/mtu.ts';
import type { VlanId } from '../../model/vlan-id.ts';
import { bondParameter, mtuParameter, vlanParameter } from '../../plan/parameters.ts';
import type { Parameter, Setting } from '../../plan/setting.ts';
import type { Settled } from '../../plan/settle.ts';
import type { StepScope } from '../../plan/step.ts';
import { toWord } from '../../sh/word.ts';

/** What lies between the NIC and its address. */
export interface Link {
    readonly mtu?: Setting<Mtu> | undefined;
    readonly vlan?: Setting<VlanId> | undefined;
    readonly bond?: Setting<Bond> | undefined;
}

/** Each of them as a word, which is empty where no host has it. */
export function settleLink(
    scope: StepScope,
    { mtu, vlan, bond }: Link,
): { readonly [Key in keyof Required<Link>]: Settled } {
    return {
        mtu: settleAny(scope, mtu, mtuParameter),
        vlan: settleAny(scope, vlan, vlanParameter),
        bond: settleAny(scope, bond, bondParameter),
    };
}

function settleAny<T>(
    scope: StepScope,
    setting: Setting<T> | undefined,
    parameter: Parameter<T>,
): Settled {
    return setting === undefined
        ? { statements: [], value: toWord('') }
        : scope.settle(setting, parameter);
}
