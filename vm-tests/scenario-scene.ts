import type { Host } from '../generator/model/site.ts';
import { type BootedMachine, describeMachine } from './booted-machine.ts';
import { type OwnClusterPlan, startOwnCluster } from './cluster/own.ts';
import type { Cluster } from './cluster/start.ts';
import type { Course } from './course.ts';
import type { Lab } from './lab.ts';
import { partsOf } from './reservation.ts';
import type { MachineName, ScenarioPlan } from './scenario-plan.ts';
import { type BootOptions, bootIn } from './scene.ts';
import { hostIn } from './site.ts';
import { type OpenSite, openSite } from './sites/open-site.ts';
import type { SiteName } from './sites/recipes.ts';

/** What a scenario works with. */
export interface Scene {
    readonly lab: Lab;
    /** Opens a configuration of `sites/`: its clients and its golden image are there afterwards. */
    readonly site: (name: SiteName) => Promise<OpenSite>;
    /** A machine of the scenario's plan. Default: its first. */
    readonly host: (machine?: MachineName) => Promise<Host>;
    /**
     * Gives a machine power. It has had none, or has lost it, before; at the first time in a
     * scenario its image is as it was at first.
     */
    readonly boot: (options?: BootOptions) => Promise<BootedMachine>;
    /**
     * Starts the cluster that the configuration of the scenario's first machine describes, for a plan
     * with `cluster: 'own'`: see {@link startOwnCluster}. It ends with the scenario; a daemon that ends
     * before, without having been told to, ends the scenario.
     */
    readonly ownCluster: (plan?: OwnClusterPlan) => Promise<Cluster>;
    /** Says that a key is secret: nothing that is printed until the end may have it. */
    readonly guard: (key: string) => void;
    /** Puts something into the report that was measured, in words: `'p95 of the map', '4.1 s'`. */
    readonly measured: (what: string, value: string) => void;
}

/** What a scenario of this plan works with; what it does goes into its course. */
export function sceneOf(lab: Lab, plan: ScenarioPlan, course: Course): Scene {
    const site = async (name: SiteName) => {
        const open = await openSite(lab, name);
        course.keys.push(...open.credentials.map(({ key }) => key));
        return open;
    };
    const target = async (name = plan.machines[0]) => {
        if (name === undefined || !mayBoot(plan, name)) {
            throw new Error(`${plan.id} does not say that it boots ${name ?? 'a machine'}`);
        }
        if (name === 'reference') {
            return { host: lab.host };
        }
        const parts = partsOf(name);
        const open = await site(parts.site);
        return { host: hostIn(open.site, parts.host), open };
    };
    const powerOn = async (options: BootOptions) => {
        const what = await target(options.machine);
        const fresh = !course.fresh.has(what.host);
        course.fresh.add(what.host);
        const name = `${plan.id}-${course.machines.length + 1}-${what.host.name}`;
        expectGoingOn(plan, course);
        const started = await bootIn(lab, plan, what, options, { name, fresh });
        course.faults.push(started.faults);
        const cluster = course.ownCluster?.access ?? lab.cluster;
        const machine = describeMachine(started, what.host, cluster, {
            outcome: plan.outcome,
            slowness: lab.accelerator.slowness,
            met: () => {
                course.met = true;
            },
        });
        course.machines.push(machine);
        course.progress.follows(machine);
        if (course.over) {
            // Whoever took the others down did not wait for so long.
            await started.faults.end();
            await machine.cutPower();
        }
        return machine;
    };
    return {
        lab,
        site,
        host: async (name) => (await target(name)).host,
        guard: (key) => course.keys.push(key),
        measured: (what, value) => course.measured.push([what, value]),
        ownCluster: async (wanted = {}) => {
            const [first = 'reference'] = plan.machines;
            if (plan.cluster !== 'own' || first === 'reference' || course.ownCluster) {
                throw new Error(
                    `${plan.id} does not say that it starts a cluster, or has started it`,
                );
            }
            const cluster = await startOwnCluster(lab, await site(partsOf(first).site), wanted);
            course.ownCluster = cluster;
            cluster.broken.catch(course.breakdown.happen);
            return cluster;
        },
        boot: (options = {}) => {
            const booted = powerOn(options);
            course.boots.push(booted.catch(() => {}));
            return booted;
        },
    };
}

/** A scenario that has had its time goes on by itself until it waits for what is gone. */
function expectGoingOn({ id }: ScenarioPlan, { over }: Course): void {
    if (over) {
        throw new Error(`${id} is over, and boots nothing any more`);
    }
}

/** Of a configuration that the scenario has to itself it may boot every machine. */
function mayBoot({ machines }: ScenarioPlan, name: MachineName): boolean {
    return (
        machines.includes(name) ||
        (name !== 'reference' && machines.includes(`${partsOf(name).site}/*`))
    );
}
