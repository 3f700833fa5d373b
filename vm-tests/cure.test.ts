import { expect, test } from 'vitest';
import { commandIn } from './cure.ts';

test('a command stands in quotes, or behind a colon', () => {
    expect(commandIn('run "rbd feature enable rbd/a exclusive-lock" there', 'rbd')).toBe(
        'rbd feature enable rbd/a exclusive-lock',
    );
    expect(commandIn("give it the caps: ceph auth caps client.a mon 'profile rbd'", 'ceph')).toBe(
        "ceph auth caps client.a mon 'profile rbd'",
    );
    expect(() => commandIn('look at the cable', 'ceph')).toThrow('no command of ceph');
});
