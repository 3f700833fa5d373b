import { expect, it } from 'vitest';
import { catalogue } from '../../generator/diagnostics/catalogue.ts';
import { classOfReport, codeClasses } from './code-classes.ts';
import { failureClasses } from './failure-class.ts';

const shownAtBoot = Object.keys(catalogue).filter((code) => code.startsWith('RB2'));

it('each code of a boot has a class, and no other has one', () => {
    expect(Object.keys(codeClasses).sort()).toEqual(shownAtBoot.sort());
});

it('each class of a code is one that there is', () => {
    expect(failureClasses).toEqual(expect.arrayContaining(Object.values(codeClasses)));
});

it.each(shownAtBoot)('a report with %s has its class', (code) => {
    expect(classOfReport(`rbdboot[map-image] ${code}: it is not so`)).toBeDefined();
});

it('progress is no report of a failure', () => {
    expect(classOfReport('rbdboot[map-image]: mapping rbd/hosts/desk1')).toBeUndefined();
    expect(classOfReport('rbdboot[map-image] RB299: no such code')).toBeUndefined();
});
