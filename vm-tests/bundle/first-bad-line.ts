import type { Observation } from '../journal.ts';
import { complaintIn } from '../qemu/complaints.ts';
import { failureIn, promptIn } from '../qemu/failures.ts';

/** Programs and the kernel say these of themselves when something is not as it should be. */
const uneasy =
    /\b(?:error|failed|cannot|can't|refused|timed out|not found|No such|denied|rejected)\b/i;

/** What is said in every boot, and means nothing. */
const usual = /ACPI|mce:|spectre|x86\/fpu|usb usb|PCI: |pnp|EDID|i8042|rtc_cmos|firmware bug/i;

/** The line of a machine's console to look at first. */
export interface BadLine {
    readonly at: number;
    readonly text: string;
}

/**
 * The first line that is bad: one after which no boot goes on, or that complains; where there is none
 * of these, the first that sounds as if.
 */
export function firstBadLine(observations: readonly Observation[]): BadLine | undefined {
    const lines = observations.filter(({ source }) => source === 'console');
    const isBad = ({ text }: Observation) =>
        (failureIn(text) ?? promptIn(text) ?? complaintIn(text)) !== undefined;
    const isUneasy = ({ text }: Observation) => uneasy.test(text) && !usual.test(text);
    const found = lines.find(isBad) ?? lines.find(isUneasy);
    return found === undefined ? undefined : { at: found.at, text: found.text };
}
