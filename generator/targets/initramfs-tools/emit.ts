import { type Outcome, success } from '../../diagnostics/diagnostic.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { panicWord } from '../../model/failure-policy.ts';
import { originLine } from '../../model/origin-line.ts';
import type { Site } from '../../model/site.ts';
import { needsOf } from '../../plan/needs.ts';
import type { BootPlan, ScriptPlan } from '../../plan/plan.ts';
import type { Phase } from '../../plan/token-origin.ts';
import type { Script } from '../../sh/ast.ts';
import { printScript } from '../../sh/print.ts';
import type { BootSubject } from '../../steps/boot-subject.ts';
import { planBoot } from '../../steps/plan-boot.ts';
import { type StepSpan, stepSpans } from '../step-spans.ts';
import { bootScript } from './boot-script.ts';
import { initramfsTools } from './environment.ts';
import { hook } from './hook.ts';
import { keepShutdownRoot } from './keep-shutdown-root.ts';
import { padInitrd } from './pad-initrd.ts';
import { rbdBootMethod } from './rbd-boot-method.ts';
import { shutdownScript } from './shutdown-script.ts';

/** The name of everything that is installed: initramfs-tools takes `[[:alnum:]._-]` only. */
const name = 'rbdboot';

/** Where initramfs-tools looks for the scripts of a phase (initramfs-tools(7), "BOOT SCRIPTS"). */
const directories: { readonly [Key in Phase]: string } = {
    'before-root': 'local-top',
    'after-root': 'local-bottom',
    // initramfs-tools runs nothing there; what it finds in /etc it copies, wherever it is.
    'at-shutdown': 'shutdown',
};

/** The files of a target, and which step each line of its scripts comes from. */
export interface TracedFiles {
    readonly files: readonly EmittedFile[];
    readonly spans: readonly StepSpan[];
    /** Absolute paths of the programs that the hook copies: the root has to have them. */
    readonly programs: readonly string[];
}

/** The files that make initramfs-tools boot a host, or any host, from its image. */
export function emitInitramfsTools(
    site: Site,
    subject: BootSubject,
): Outcome<readonly EmittedFile[]> {
    const traced = traceInitramfsTools(site, subject);
    return traced.ok ? success(traced.value.files) : traced;
}

/** The same, with the way back from lines to steps. */
export function traceInitramfsTools(site: Site, subject: BootSubject): Outcome<TracedFiles> {
    const origin = originLine(site);
    const plan = planBoot(subject, initramfsTools);
    if (!plan.ok) {
        return plan;
    }
    const scripts = scriptsOf(plan.value, subject, origin).map(({ phase, plan: steps, script }) => {
        const path = `etc/initramfs-tools/scripts/${directories[phase]}/${name}`;
        const text = printScript(script);
        return { script, file: { path, mode: 0o755, text }, spans: stepSpans(path, text, steps) };
    });
    const needs = needsOf(scripts.flatMap(({ script }) => script.main));
    const hookText = printScript(hook(needs, subject, origin));
    const settingsText = settings(subject, origin);
    return success({
        files: [
            { path: `etc/initramfs-tools/hooks/${name}`, mode: 0o755, text: hookText },
            ...scripts.map(({ file }) => file),
            ...(subject.shared ? [padding(origin)] : []),
            ...(subject.planned.acceptRbdroot ? [bootMethod(origin)] : []),
            { path: `etc/initramfs-tools/conf.d/${name}`, mode: 0o644, text: settingsText },
        ],
        spans: scripts.flatMap(({ spans }) => spans),
        programs: needs.programs,
    });
}

function bootMethod(origin: string): EmittedFile {
    const path = 'etc/initramfs-tools/scripts/rbd';
    return { path, mode: 0o644, text: printScript(rbdBootMethod(origin)) };
}

interface PhaseScript {
    readonly phase: Phase;
    readonly plan: ScriptPlan;
    readonly script: Script;
}

/** A script for each phase that has steps. The first one keeps the last one in memory. */
function scriptsOf(plan: BootPlan, subject: BootSubject, origin: string): readonly PhaseScript[] {
    const atEnd = plan['at-shutdown'];
    const ending = shutdownScript(atEnd, subject, origin);
    const before = plan['before-root'];
    const keep = keepShutdownRoot(
        `/scripts/${directories['at-shutdown']}/${name}`,
        needsOf(ending.main),
    );
    const hasEnd = atEnd.steps.length > 0;
    const boot = {
        'before-root': hasEnd ? { ...before, steps: [...before.steps, keep] } : before,
        'after-root': plan['after-root'],
    };
    return [
        ...(['before-root', 'after-root'] as const)
            .filter((phase) => boot[phase].steps.length > 0)
            .map((phase) => ({
                phase,
                plan: boot[phase],
                script: bootScript(boot[phase], phase, subject, origin),
            })),
        ...(hasEnd ? [{ phase: 'at-shutdown' as const, plan: atEnd, script: ending }] : []),
    ];
}

function padding(origin: string): EmittedFile {
    const path = `etc/initramfs/post-update.d/${name}`;
    return { path, mode: 0o755, text: printScript(padInitrd(origin)) };
}

/** Settings of mkinitramfs (initramfs.conf(5)), read after the system's own. */
function settings({ nicModules, onFailure, planned }: BootSubject, origin: string): string {
    return [
        `# ${origin}`,
        '# The initrd holds the key of the cluster: only root may read it.',
        'UMASK=0077',
        'BUSYBOX=y',
        ...(nicModules.length > 0
            ? [
                  '# The configuration names the modules of the NIC: no others are needed.',
                  'MODULES=list',
              ]
            : [
                  '# The configuration names no modules of the NIC: take all of them.',
                  'MODULES=most',
              ]),
        ...(planned.unlock?.kind === 'passphrase' || planned.unlock?.kind === 'crypttab'
            ? ['# Somebody types a passphrase, with the keyboard layout of the system.', 'KEYMAP=y']
            : []),
        '# A diskless machine has no swap to resume from.',
        'RESUME=none',
        '# Read at boot: what follows a failure, unless the kernel command line says it.',
        panicWord(onFailure),
        '',
    ].join('\n');
}
