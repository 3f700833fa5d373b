import { askKernel } from '../../plan/ask-kernel.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable, Word } from '../../sh/ast.ts';
import { assign, busyboxApplet, command, initramfsProgram, orElse, run } from '../../sh/build.ts';
import { moduleName, word } from '../../sh/word.ts';

const ip = busyboxApplet('ip');
const modprobe = initramfsProgram('modprobe');

/** What the VLAN is called, in the initramfs and in the real system. */
export const vlanInterface = 'root-vlan';

/**
 * Makes the VLAN over a NIC or a bond that is up; it has the MTU of that.
 *
 * @param nic what is under it; what is over it afterwards.
 */
export function makeVlan(scope: StepScope, nic: Variable, id: Word): readonly Statement[] {
    return [
        run(
            command(modprobe, [moduleName('8021q')]),
            orElse(
                scope.fail(
                    'RB201',
                    'the kernel module 8021q could not be loaded',
                    'serve the kernel and the initrd of one version; "update-initramfs -u" in the root makes the initrd',
                ),
            ),
        ),
        run(
            command(ip, [
                'link',
                'add',
                'link',
                nic,
                'name',
                vlanInterface,
                'type',
                'vlan',
                'id',
                id,
            ]),
            orElse(
                scope.fail(
                    'RB217',
                    word`the VLAN ${id} cannot be made on ${nic}`,
                    askKernel('the driver of the NIC'),
                ),
            ),
        ),
        scope.note('vlan', word`${id} on ${nic}`),
        assign(nic, vlanInterface),
    ];
}
