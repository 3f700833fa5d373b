import type { ScriptPlan } from '../../plan/plan.ts';
import type { BootPhase } from '../../plan/token-origin.ts';
import type { Script, Statement } from '../../sh/ast.ts';
import { assign, blank, comment, perform } from '../../sh/build.ts';
import type { BootSubject } from '../../steps/boot-subject.ts';
import { prerequisites } from './contract.ts';

const moments: { readonly [Key in BootPhase]: string } = {
    'before-root': 'Runs in the initramfs before it mounts root (initramfs-tools(7), local-top)',
    'after-root': 'Runs in the initramfs when root is mounted (initramfs-tools(7), local-bottom)',
};

/** The script that initramfs-tools runs in one phase of the boot. */
export function bootScript(
    plan: ScriptPlan,
    phase: BootPhase,
    subject: BootSubject,
    origin: string,
): Script {
    const steps = plan.steps.map(({ name }) => name).join(', ');
    return {
        kind: 'script',
        header: [
            `Boots ${subject.name}: / is ${subject.root}.`,
            origin,
            '',
            `${moments[phase]}, step by step:`,
            `${steps}.`,
        ],
        preamble: prerequisites([]),
        main: [...sharedVariables(plan), ...plan.steps.map((step) => perform(step.function))],
    };
}

/** Variables that steps hand to one another: each begins empty, whatever the environment has. */
export function sharedVariables({ globals }: ScriptPlan): readonly Statement[] {
    return globals.length === 0
        ? []
        : [
              comment('What one step finds out and a later one uses.'),
              ...globals.map((global) => assign(global, '')),
              blank,
          ];
}
