import { describe, expect, it } from 'vitest';
import { hostileValues } from './hostile-values.ts';

describe('hostileValues', () => {
    it('has 200, each of them once, and none that no file or argument can hold', () => {
        expect(hostileValues.length).toBe(200);
        expect(new Set(hostileValues).size).toBe(200);
        expect(hostileValues.filter((value) => value.includes('\0'))).toEqual([]);
        expect(hostileValues.filter((value) => /canary/.test(value)).length).toBeGreaterThan(100);
        expect(hostileValues.filter((value) => value.length >= 4092).length).toBe(8);
    });
});
