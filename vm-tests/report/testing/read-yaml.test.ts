import { expect, it } from 'vitest';
import { readYaml } from './read-yaml.ts';

it('reads maps, lists, scalars and blocks', () => {
    const text = `# comment
name: a night # comment
on:
  schedule:
    - cron: '17 1 * * *'
      zone: it''s
  workflow_dispatch:
list:
  - one
  - two
run: |
  first

    second
last: '#'
`.replace("it''s", "'it''s'");
    expect(readYaml(text)).toEqual({
        name: 'a night',
        on: { schedule: [{ cron: '17 1 * * *', zone: "it's" }], workflow_dispatch: '' },
        list: ['one', 'two'],
        run: 'first\n\n  second\n',
        last: '#',
    });
});

it.each([
    ['a: &anchor b', 'line 1'],
    ['a: [b, c]', 'line 1'],
    ['a: b: c', 'line 1'],
    ['a: b\n\tc: d', 'a tab'],
    ['a: b\na: c', 'a is there twice'],
    ['a: b\n    c: d', 'nothing belongs here'],
    ['just words', 'no key'],
])('does not read %j', (text, reason) => {
    expect(() => readYaml(text)).toThrow(reason);
});
