import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from './build-directory.ts';
import {
    choose,
    listScenarios,
    type PlannedScenario,
    patternOf,
    readManifest,
    rootsOf,
} from './manifest.ts';
import { checkPlan } from './scenario-plan.ts';
import { chosenBy } from './tier.ts';

const manifest = readManifest();

test('the manifest lists the scenarios that there are', { timeout: 60_000 }, async () => {
    expect(await listScenarios(), 'make reference writes it anew').toEqual(manifest);
});

test('no two scenarios have one id, and each is in a file', () => {
    const ids = manifest.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const lost = manifest.filter(({ file }) => !existsSync(join(projectDirectory, file)));
    expect(lost.map(({ id }) => id)).toEqual([]);
});

test('a premise that a security scenario names is there, and each is named', () => {
    const ids: readonly string[] = manifest.map(({ id }) => id);
    const named = manifest.map(({ premise }) => premise).filter((id) => id !== undefined);
    expect(named.filter((id) => id !== 'itself' && !ids.includes(id))).toEqual([]);
    const twins = ids.filter((id) => /^S.*\.premise$/.test(id));
    expect(twins.filter((id) => !(named as readonly string[]).includes(id))).toEqual([]);
});

test('a run is about an id with its variants, a group, or words of a title', () => {
    const ids = (only: string) => choose(manifest, { only }).map(({ id }) => id);
    expect(ids('F16')).toEqual(['F16', 'F16.trixie']);
    expect(ids('F16.trixie,H36.uefi')).toEqual(['F16.trixie', 'H36.uefi']);
    expect(ids('F16.trixie')).toEqual(['F16.trixie']);
    expect(ids('wrong key says so, and')).toEqual(['F16']);
    expect(ids('no such thing')).toEqual([]);
    expect(new Set(ids('S').map(([letter]) => letter))).toEqual(new Set(['S']));
    expect(ids('')).toHaveLength(manifest.length);
    expect(choose(manifest, { tier: 'change' }).every(({ tier }) => tier === 'change')).toBe(true);
    const lanes = choose(manifest, { lane: 'network' }).map(({ lane }) => lane ?? 'network');
    expect(new Set(lanes)).toEqual(new Set(['network']));
});

test('the pattern fits the chosen scenarios and no others', () => {
    const pattern = new RegExp(patternOf(choose(manifest, { only: 'H36.uefi' })));
    const names = manifest.map(({ id, title }) => `${id} ${title}`);
    expect(names.filter((name) => pattern.test(name))).toEqual([
        expect.stringMatching(/^H36\.uefi /),
    ]);
});

test('only the roots that the chosen scenarios need are made', () => {
    expect(rootsOf(choose(manifest, { only: 'F47' }))).toEqual(['plain', 'unlockers']);
    expect(rootsOf(choose(manifest, { only: 'H36.uefi' }))).toEqual(['plain', 'trixie']);
});

test('a tier that there is not is refused', () => {
    expect(chosenBy({ TIER: 'change', ONLY: '' })).toEqual({ tier: 'change' });
    expect(chosenBy({ LANE: 'network' })).toEqual({ lane: 'network' });
    expect(() => chosenBy({ TIER: 'nightly' })).toThrow('it can be change or night');
    expect(() => chosenBy({ LANE: 'fast' })).toThrow('it can be network or direct');
    expect(() => chosenBy({ FIRMWARE: 'efi' })).toThrow('it can be bios or uefi');
});

test.each<[Partial<PlannedScenario>, string]>([
    [{ id: 'X1' as never }, 'has no id such as F16'],
    [{ machines: [] }, 'boots no machine'],
    [{ machines: ['reference', 'reference'] }, 'names a machine twice'],
    [{ id: 'S01' }, 'names no premise'],
    [{ id: 'S08.halts', premise: 'S09.premise' }, 'can have the premise S08.premise, or "itself"'],
    [{ id: 'S08.premise', premise: 'itself' }, 'can have the premise of nobody'],
])('a plan like %j is refused', (change, reason) => {
    const plan = {
        id: 'H01',
        title: 't',
        tier: 'night',
        machines: ['reference'],
        outcome: 'up',
    } as const;
    expect(() => checkPlan({ ...plan, ...change })).toThrow(reason);
    expect(() => checkPlan(plan)).not.toThrow();
});
