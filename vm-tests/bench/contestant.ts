import type { DirectStart } from '../qemu/arguments.ts';

/** An initrd that takes part in the measurement. */
export interface Contestant {
    readonly name: 'rbdboot' | 'rbdboot, DHCP' | 'hand-written' | 'floor';
    readonly start: DirectStart;
    /** Bytes of the initrd. */
    readonly size: number;
}

/** Puts values into a text where their names stand as `@NAME@`. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
    return text.replace(/@([A-Z]+)@/g, (whole, name: string) => values[name] ?? whole);
}
