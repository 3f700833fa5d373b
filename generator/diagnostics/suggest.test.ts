import { expect, it } from 'vitest';
import { suggest } from './suggest.ts';

const keys = ['mac', 'image', 'filesystem', 'address', 'nicModules', 'kernelArguments'];

it.each([
    ['imgae', 'image'],
    ['Mac', 'mac'],
    ['filesytem', 'filesystem'],
    ['kernelArgs', 'kernelArguments'],
    ['nicModule', 'nicModules'],
    ['keyring', undefined],
    ['', undefined],
])('%j -> %j', (word, expected) => {
    expect(suggest(word, keys)).toBe(expected);
});
