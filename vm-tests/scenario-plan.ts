import type { Code } from '../generator/diagnostics/catalogue.ts';
import type { RootFlavourName } from './images/base-root.ts';
import type { Firmware } from './network-start.ts';
import type { FailureClass } from './report/failure-class.ts';
import type { SiteName } from './sites/recipes.ts';

/**
 * `H01`: a machine boots; `F16`: a machine fails, or meets a fault; `S09`: what an attacker would like;
 * `L03`: the lab itself. A variant has a name behind it: `F03.truncated`.
 */
export type ScenarioId = `${'H' | 'F' | 'S' | 'L'}${number}${'' | `.${string}`}`;

/**
 * `fleet/desk1`: a machine of a configuration in `sites/`. `fleet/*`: the scenario changes what all
 * machines of that configuration share, so it has the configuration to itself. `reference`: the machine
 * of the reference example.
 */
export type MachineName = 'reference' | `${SiteName}/${string}`;

/** A code that a boot script or the shutdown script shows on the console. */
export type BootCode = Extract<Code, `RB2${string}`>;

/** What must become of the machine. */
export type Outcome =
    /** It comes up. */
    | 'up'
    /** Its boot script ends the boot with this code, within so many seconds from power-on. */
    | { readonly code: BootCode; readonly within: number }
    /** Something else says on its console why it does not come up. In words for people. */
    | { readonly shows: string; readonly within: number }
    /** It is broken on purpose, and the lab says so. */
    | ExpectedVerdict
    /** No machine is booted: what is checked lies before that, or the lab checks itself. */
    | { readonly proves: string };

/** What the lab must make of a machine that was broken on purpose. */
export interface ExpectedVerdict {
    readonly verdict: FailureClass;
    /** Words that its message must have, so that it is this fault which was found and no other. */
    readonly says: string;
    /** Seconds from power-on, far below the patience of who waits for the machine. */
    readonly within: number;
}

/** What a scenario says of itself, before anything is done. */
export interface ScenarioPlan {
    readonly id: ScenarioId;
    /** A sentence that is true when it passes. */
    readonly title: string;
    /** `'change'`: runs with each change of the project. `'night'`: runs in the night. */
    readonly tier: 'change' | 'night';
    /** Those that it boots. They are locked while it runs; the first is what `boot()` boots. */
    readonly machines: readonly MachineName[];
    readonly outcome: Outcome;
    /** How they come to their kernel. Default: `'network'`. */
    readonly lane?: 'network' | 'direct';
    /** For the network lane. Default: what FIRMWARE says, or `'bios'`. */
    readonly firmware?: Firmware;
    /** How many of them have power at the same time, at the most. Default: 1. */
    readonly together?: number;
    /**
     * `'alone'`: it changes what all clients of the cluster share, so nothing else runs meanwhile.
     * `'own'`: it starts a cluster of its own. Default: `'shared'`.
     */
    readonly cluster?: 'shared' | 'alone' | 'own';
    /** Addresses that it uses besides those of its machines. Default: none. */
    readonly addresses?: readonly string[];
    /** Debian roots that it looks into without booting them. Default: none. */
    readonly roots?: readonly RootFlavourName[];
    /**
     * Of a defence: the scenario that shows the same attack working without it, which is `S08.premise`
     * for S08 and its variants; or `'itself'`, which does both.
     */
    readonly premise?: ScenarioId | 'itself';
    /** Of a scenario in which a machine comes up: why it does not boot a second time after a power cut. */
    readonly once?: string;
    /** Minutes that it may take, of its own. Default: {@link usualMinutes}. */
    readonly minutes?: number;
}

/** Minutes that a scenario may take if its plan does not say. */
export const usualMinutes = 10;

const form = /^[HFSL]\d{2}(?:\.[a-z0-9-]+)?$/;

/**
 * Looks at a plan before anything is booted.
 *
 * @throws Error that says what is wrong with it.
 */
export function checkPlan(plan: ScenarioPlan): void {
    const { id, machines, outcome, title } = plan;
    const wrong = (what: string) => new Error(`the scenario ${id} "${title}" ${what}`);
    if (!form.test(id)) {
        throw wrong('has no id such as F16 or F03.truncated');
    }
    if (machines.length === 0 && !(typeof outcome === 'object' && 'proves' in outcome)) {
        throw wrong('boots no machine');
    }
    if (new Set(machines).size !== machines.length) {
        throw wrong('names a machine twice');
    }
    const twin = `${id.replace(/\..*$/, '')}.premise`;
    const isTwin = id.endsWith('.premise');
    if (id.startsWith('S') && !isTwin && plan.premise === undefined) {
        throw wrong('names no premise: the scenario that shows the attack working');
    }
    if (plan.premise !== undefined && (isTwin || ![twin, 'itself'].includes(plan.premise))) {
        throw wrong(`can have the premise ${isTwin ? 'of nobody' : `${twin}, or "itself"`}`);
    }
}

/** Console lines that a scenario is there to see: that of its code. */
export function allowedBy({ outcome }: ScenarioPlan): RegExp | undefined {
    return typeof outcome === 'object' && 'code' in outcome ? new RegExp(outcome.code) : undefined;
}
