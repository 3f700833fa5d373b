import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stepNames } from './phase-name.ts';

const steps = fileURLToPath(new URL('../generator/steps', import.meta.url));

test('every step is a phase that can be named', () => {
    const folders = readdirSync(steps).filter((name) => existsSync(`${steps}/${name}/${name}.ts`));
    expect(stepNames).toEqual(folders.sort());
});
