import { describe, expect, it } from 'vitest';
import { assign, busyboxApplet, command, ignore, rootProgram, run } from '../sh/build.ts';
import { printScript } from '../sh/print.ts';
import { carriedFile, moduleName } from '../sh/word.ts';
import type { BootEnvironment } from './environment.ts';
import { needsOf } from './needs.ts';
import { buildPlan } from './plan.ts';
import { defineStep } from './step.ts';
import type { Net } from './token.ts';

const environment: BootEnvironment = { dhcp: () => [], handOverRoot: () => [] };

const first = defineStep<{ value: string }, Net>('first-step', {
    contract: ['sets a variable.', 'And says so.'],
    boot(scope, { value }) {
        const nic = scope.global('interface');
        const mine = scope.local('mine');
        return {
            statements: [assign(mine, value), assign(nic, mine), scope.say(mine)],
            achieved: { interface: nic },
        };
    },
});

describe('buildPlan', () => {
    it('makes one function of each step, in order, and keeps their variables apart', () => {
        const plan = buildPlan(environment, (builder) => {
            const one = builder.step(first({ value: 'a b' }));
            const two = builder.step(first({ value: "it's" }));
            expect([one.interface.name, two.interface.name]).toEqual(['interface', 'interface_2']);
        });
        expect(plan.steps.map(({ function: { name } }) => name)).toEqual([
            'step_first_step',
            'step_first_step_2',
        ]);
        expect(plan.globals.map(({ name }) => name)).toEqual(['interface', 'interface_2']);
    });

    it('gives out tokens that cannot be changed', () => {
        buildPlan(environment, (builder) => {
            expect(Object.isFrozen(builder.step(first({ value: '' })))).toBe(true);
        });
    });
});

describe('needsOf', () => {
    it('reads programs, applets, modules and files off the statements', () => {
        const statements = [
            run(command(rootProgram('/usr/bin/keyctl'), ['show']), ignore('a test')),
            run(command(busyboxApplet('cat'), [carriedFile('/etc/key')]), ignore('a test')),
            run(command(busyboxApplet('modprobe'), [moduleName('rbd')]), ignore('a test')),
        ];
        expect(needsOf(statements)).toEqual({
            programs: ['/usr/bin/keyctl'],
            applets: ['cat', 'modprobe'],
            modules: ['rbd'],
            files: ['/etc/key'],
        });
        const script = printScript({ kind: 'script', header: [], preamble: [], main: statements });
        expect(script).toContain('cat /etc/key');
    });
});
