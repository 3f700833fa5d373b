import { printImageReference } from '../../model/image-reference.ts';
import type { Host } from '../../model/site.ts';
import type { BootPlan } from '../../plan/plan.ts';
import type { Script } from '../../sh/ast.ts';
import { assign, blank, comment, perform } from '../../sh/build.ts';
import { prerequisites } from './contract.ts';

/** The script that initramfs-tools runs in `local-top`, before it mounts root. */
export function bootScript(plan: BootPlan, host: Host, origin: string): Script {
    const steps = plan.steps.map(({ name }) => name).join(', ');
    return {
        kind: 'script',
        header: [
            `Boots ${host.name}: / is the RBD image ${printImageReference(host.image)}.`,
            origin,
            '',
            'Runs in the initramfs before it mounts root (initramfs-tools(7), local-top), step by step:',
            `${steps}.`,
        ],
        preamble: prerequisites([]),
        main: [
            comment('What one step finds out and a later one uses.'),
            ...plan.globals.map((global) => assign(global, '')),
            blank,
            ...plan.steps.map((step) => perform(step.function)),
        ],
    };
}
