import { Complaint } from '../complaint.ts';
import type { PlannedScenario } from '../manifest.ts';
import type { MachineName } from '../scenario-plan.ts';
import { recipes } from '../sites/recipes.ts';

/** What a shell boots, by what its user says. */
export interface ShellWish {
    /** `desk2` of the fleet, `CONFIGURATION/MACHINE`, or nothing: the reference example. */
    readonly HOST?: string | undefined;
    /** `network` or `direct`. Default: `direct`, but for the reference example `network`. */
    readonly LANE?: string | undefined;
}

/**
 * The plan of a shell: like that of a scenario which boots one machine.
 *
 * @throws Complaint if there is no such configuration or lane.
 */
export function shellPlan({ HOST = '', LANE = '' }: ShellWish): PlannedScenario {
    const machine = machineNamed(HOST);
    const lane = LANE === '' ? (machine === 'reference' ? 'network' : 'direct') : LANE;
    if (lane !== 'network' && lane !== 'direct') {
        throw new Complaint(`LANE is ${lane}: it can be network or direct`);
    }
    return {
        id: 'L00',
        title: 'a shell',
        tier: 'night',
        machines: [machine],
        outcome: 'up',
        lane,
        file: '',
    };
}

function machineNamed(host: string): MachineName {
    if (host === '' || host === 'reference') {
        return 'reference';
    }
    const [site = '', name = '', ...rest] = host.includes('/') ? host.split('/') : ['fleet', host];
    if (!(site in recipes) || name === '' || rest.length > 0) {
        const names = Object.keys(recipes).join(', ');
        throw new Complaint(`HOST is ${host}: CONFIGURATION/MACHINE, of ${names}`);
    }
    return `${site as keyof typeof recipes}/${name}`;
}
