import { describe, expect, it } from 'vitest';
import { createNames } from './names.ts';

describe('names', () => {
    it('are their hints, while those are free', () => {
        const names = createNames();
        expect(names.global('device')).toBe('device');
        expect(names.global('device')).toBe('device_2');
        expect(names.global('device')).toBe('device_3');
    });

    it.each(['quiet', 'rootmnt', 'panic', 'init', 'run_scripts', 'printf', 'if', 'path', '_'])(
        'leave %s to the initramfs and the shell',
        (hint) => {
            expect(createNames().global(hint)).toBe(`${hint}_2`);
            expect(createNames().locals().local(hint)).toBe(`${hint}_2`);
        },
    );

    it('differ with the surroundings', () => {
        expect(createNames('boot').global('copy_exec')).toBe('copy_exec');
        expect(createNames('hook').global('copy_exec')).toBe('copy_exec_2');
        expect(createNames('hook').global('quiet')).toBe('quiet');
    });

    it('of locals repeat no global, before or after', () => {
        const names = createNames();
        names.global('turns');
        const first = names.locals();
        expect(first.local('turns')).toBe('turns_2');
        expect(first.local('key')).toBe('key');
        expect(first.local('key')).toBe('key_2');
        expect(names.global('key')).toBe('key_3');
    });

    it('of locals may repeat those of another function', () => {
        const names = createNames();
        expect(names.locals().local('key')).toBe('key');
        expect(names.locals().local('key')).toBe('key');
    });

    it.each(['', 'Device', '1a', 'a-b', 'a b', 'a;b', 'é', 'a\n'])('are not made of %j', (hint) => {
        expect(() => createNames().global(hint)).toThrow(RangeError);
        expect(() => createNames().locals().local(hint)).toThrow(RangeError);
    });
});
