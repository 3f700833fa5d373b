import { expect, it } from 'vitest';
import { aSite } from '../../testing/builders.ts';
import { emitUdevRules } from './udev-rules.ts';

// What udev makes of them is seen in a boot.
it('has rules of which each line is a rule, a label or a comment', () => {
    const { path, mode, text } = emitUdevRules(aSite());
    expect({ path, mode }).toEqual({ path: 'etc/udev/rules.d/61-rbdboot.rules', mode: 0o644 });
    const key = String.raw`[A-Z]+(\{[^}]+\})?(==|!=|\+=|=)"[^"]*"`;
    const line = new RegExp(`^(#.*|${key}(, ${key})*|)$`);
    expect(text.split('\n').filter((one) => !line.test(one))).toEqual([]);
    expect(text.match(/GOTO="(\w+)"/g)?.length).toBe(3);
    expect(text.endsWith('LABEL="rbdboot_end"\n')).toBe(true);
});
