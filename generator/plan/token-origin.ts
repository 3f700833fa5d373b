import type { Code } from '../diagnostics/catalogue.ts';

/** When the steps of a script run. Each phase is a script, and a process, of its own. */
export type Phase = BootPhase | 'at-shutdown';

/** The phases of the initramfs. */
export type BootPhase = 'before-root' | 'after-root';

/** Where a token came from, which its type does not say. */
export interface TokenOrigin {
    /** The plan that gave it out: one object for each plan. */
    readonly plan: object;
    readonly phase: Phase;
    readonly step: string;
}

export interface TokenMisuse {
    readonly code: Code;
    readonly message: string;
    readonly hint: string;
}

/** The tokens that one plan has given out, and those that a step has ended. */
export interface TokenRegister {
    record(token: object, origin: TokenOrigin): void;
    /** From here on the token holds no more: what it stood for was undone. */
    end(token: object, step: string): void;
    /** What is wrong with using this value in a step of the plan and phase, if it is a token. */
    misuse(value: object, step: string, plan: object, phase: Phase): TokenMisuse | undefined;
}

// One register for all plans of the process: a token of another plan must be known as one.
const origins = new WeakMap<object, TokenOrigin>();

export function createTokenRegister(): TokenRegister {
    const ended = new Map<object, string>();
    return {
        record(token, origin) {
            origins.set(token, origin);
        },
        end(token, step) {
            ended.set(token, step);
        },
        misuse(value, step, plan, phase) {
            const origin = origins.get(value);
            if (origin === undefined) {
                return undefined;
            }
            if (origin.plan !== plan) {
                return {
                    code: 'RB120',
                    message: `step ${step} takes a token that step ${origin.step} of another plan gave out`,
                    hint: 'record the step in this plan too and use the token that this gives',
                };
            }
            if (origin.phase !== phase) {
                return {
                    code: 'RB121',
                    message: `step ${step} runs ${phase} and takes a token of step ${origin.step}, which runs ${origin.phase}`,
                    hint: 'these are two scripts, and shell variables do not go from one to the other',
                };
            }
            const end = ended.get(value);
            return end === undefined
                ? undefined
                : {
                      code: 'RB122',
                      message: `step ${step} takes a token of step ${origin.step}, which step ${end} has ended`,
                      hint: `record step ${step} before step ${end}`,
                  };
        },
    };
}
