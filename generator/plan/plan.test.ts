import { describe, expect, it } from 'vitest';
import {
    argumentOf,
    assign,
    busyboxApplet,
    command,
    ignore,
    initramfsProgram,
    perform,
    rootProgram,
    run,
    variable,
} from '../sh/build.ts';
import { printScript } from '../sh/print.ts';
import { carriedFile, moduleName, optionalModule } from '../sh/word.ts';
import { anEnvironment } from '../testing/builders.ts';
import { needsOf } from './needs.ts';
import { type BootPlan, buildPlan, type PlanBuilder } from './plan.ts';
import { defineStep } from './step.ts';
import type { BlockDevice, Net } from './token.ts';

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

const cat = busyboxApplet('cat');

const second = defineStep<{ net: Net }, Net>('second-step', {
    contract: ['uses a token.'],
    boot: (_, { net }) => ({ statements: [], achieved: { interface: net.interface } }),
});

const undo = defineStep<{ net: Net }, Net>('undo-step', {
    contract: ['ends a token.'],
    ends: ({ net }) => [net],
    boot: (_, { net }) => ({ statements: [], achieved: { interface: net.interface } }),
});

function built(author: (plan: PlanBuilder) => unknown): BootPlan {
    const plan = buildPlan(anEnvironment, author);
    if (!plan.ok) {
        throw new Error(plan.diagnostics.map(({ message }) => message).join('; '));
    }
    return plan.value;
}

function faults(author: (plan: PlanBuilder) => unknown): readonly string[] {
    const plan = buildPlan(anEnvironment, author);
    return plan.ok ? [] : plan.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe('buildPlan', () => {
    it('makes one function of each step, in order, and keeps their variables apart', () => {
        const plan = built((builder) => {
            const one = builder.step(first({ value: 'a b' }));
            const two = builder.step(first({ value: "it's" }));
            expect([one.interface.name, two.interface.name]).toEqual(['interface', 'interface_2']);
        })['before-root'];
        expect(plan.steps.map(({ function: { name } }) => name)).toEqual([
            'step_first_step',
            'step_first_step_2',
        ]);
        expect(plan.globals.map(({ name }) => name)).toEqual(['interface', 'interface_2']);
    });

    it('gives a step functions of its own, with names and variables that are free', () => {
        const helped = defineStep<object, Net>('helped-step', {
            contract: ['has a function that helps it.'],
            boot(scope) {
                const nic = scope.global('interface');
                const helper = scope.helper({
                    name: 'find_it',
                    takes: 'NAME',
                    contract: ['looks for it.'],
                    body: (local) => [assign(local('mine'), argumentOf(1))],
                });
                return {
                    statements: [assign(nic, ''), perform(helper, 'x')],
                    achieved: { interface: nic },
                };
            },
        });
        const { steps } = built((builder) => {
            builder.step(helped({}));
            builder.step(helped({}));
        })['before-root'];
        const helpers = steps.flatMap((step) => step.helpers);
        expect(helpers.map(({ name }) => name)).toEqual(['find_it', 'find_it_2']);
        expect(helpers[1]?.contract).toEqual(['find_it_2 NAME: looks for it.']);
        expect(helpers[1]?.locals.map(({ name }) => name)).toEqual(['mine']);
    });

    it('has a step read a mapped device while somebody tells what that waits for', () => {
        const reader = defineStep<Pick<BlockDevice, 'mapped'>, Net>('reading-step', {
            contract: ['reads a device.'],
            boot(scope, device) {
                const read = run(command(cat, ['/dev/x']), ignore('it is a test'));
                return {
                    statements: scope.reading(device, [read]),
                    achieved: { interface: scope.global('teller') },
                };
            },
        });
        const main = (of: Pick<BlockDevice, 'mapped'>) => {
            const plan = built((builder) => builder.step(reader(of)))['before-root'];
            expect(plan.globals.map(({ name }) => name)).toEqual(['teller_2']);
            const text = printScript({
                kind: 'script',
                header: [],
                preamble: [],
                main: plan.steps.map((step) => perform(step.function)),
            });
            return text.slice(text.indexOf('step_reading_step() {'));
        };
        expect(main({ mapped: variable('device', 'script') })).toBe(`step_reading_step() {
    tell_reads reading-step "$device" > /dev/null 2>&1 &
    teller="$!"
    # it is a test
    cat /dev/x || :
    end_telling
}

step_reading_step
`);
        expect(main({})).toBe(`step_reading_step() {
    # it is a test
    cat /dev/x || :
}

step_reading_step
`);
    });

    it('gives out tokens that cannot be changed', () => {
        built((builder) => {
            expect(Object.isFrozen(builder.step(first({ value: '' })))).toBe(true);
        });
    });

    it('keeps the steps of each phase in a script of their own', () => {
        const plan = built((builder) => {
            builder.step(first({ value: '' }));
            builder.afterRoot.step(first({ value: '' }));
        });
        expect(plan['before-root'].steps).toHaveLength(1);
        expect(plan['after-root'].steps).toHaveLength(1);
    });

    it('refuses a token of another plan, and says at which line', () => {
        let stray: Net | undefined;
        built((builder) => {
            stray = builder.step(first({ value: '' }));
        });
        const plan = buildPlan(anEnvironment, (builder) => {
            if (stray !== undefined) {
                builder.step(second({ net: stray }));
            }
        });
        expect(plan).toMatchObject({
            ok: false,
            diagnostics: [
                {
                    code: 'RB120',
                    message:
                        'step second-step takes a token that step first-step of another plan gave out',
                    location: { file: import.meta.filename, line: expect.any(Number) },
                },
            ],
        });
    });

    it('refuses a token of another script', () => {
        expect(
            faults((builder) => {
                builder.afterRoot.step(second({ net: builder.step(first({ value: '' })) }));
            }),
        ).toEqual([
            'RB121 step second-step runs after-root and takes a token of step first-step, which runs before-root',
        ]);
    });

    it('refuses a token that a step has ended, and takes it before', () => {
        expect(
            faults((builder) => {
                const net = builder.step(first({ value: '' }));
                builder.step(second({ net }));
                builder.step(undo({ net }));
                builder.step(second({ net }));
            }),
        ).toEqual([
            'RB122 step second-step takes a token of step first-step, which step undo-step has ended',
        ]);
    });

    it('takes names of steps as they stand in messages and docs', () => {
        expect(() => defineStep('Map Image', { contract: [], boot: () => never() })).toThrow(
            'no name for a step',
        );
    });
});

function never(): never {
    throw new Error('this step is never recorded');
}

describe('needsOf', () => {
    it('reads programs, applets, modules and files off the statements', () => {
        const statements = [
            run(
                command(rootProgram('/usr/bin/keyctl', { endsThreads: true }), ['show']),
                ignore('a test'),
            ),
            run(command(busyboxApplet('cat'), [carriedFile('/etc/key')]), ignore('a test')),
            run(command(busyboxApplet('sed'), []), ignore('a test')),
            run(command(initramfsProgram('modprobe'), [moduleName('rbd')]), ignore('a test')),
            run(
                command(initramfsProgram('modprobe'), [optionalModule('aesni_intel')]),
                ignore('a test'),
            ),
        ];
        expect(needsOf(statements)).toEqual({
            programs: ['/usr/bin/keyctl'],
            applets: ['cat', 'sed'],
            given: ['modprobe'],
            modules: ['rbd'],
            optionalModules: ['aesni_intel'],
            endsThreads: true,
            files: ['/etc/key'],
        });
        const script = printScript({ kind: 'script', header: [], preamble: [], main: statements });
        expect(script).toContain('cat /etc/key');
    });
});
