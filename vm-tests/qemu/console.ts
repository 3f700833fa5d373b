// biome-ignore-all lint/suspicious/noControlCharactersInRegex: a console is full of them

/** Cuts a stream of console output into lines that a person could read. */
export interface LineCutter {
    /** Takes the next piece and gives the lines that it completes. */
    readonly push: (text: string) => readonly string[];
    /** What has come of the line that is not complete yet: a prompt stays here. */
    readonly rest: () => string;
}

// Control sequences of ECMA-48, and operating system commands. A cursor that is put somewhere else
// begins a line: the BIOS writes its screens that way.
const cursorMove = /\x1b\[[0-9;]*[Hf]/g;
const controlSequence = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_c=>])/g;
const unfinished = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*)?$/;
// The kernel does not wait until a program has ended its line: printk(), with CONFIG_PRINTK_TIME.
const kernelBegins = /(?=\[ *\d+\.\d{6}\])/g;
const otherControls = /[\x00-\x08\x0b-\x1f\x7f]/g;

/**
 * Starts to cut. Control sequences go, also those that come in two pieces. What the kernel says is a
 * line of its own, also where it comes before the end of another.
 */
export function cutLines(): LineCutter {
    let carry = '';
    return {
        rest: () => clean(carry),
        push(text) {
            const all = carry + text;
            const held = unfinished.exec(all)?.[0] ?? '';
            const complete = all
                .slice(0, all.length - held.length)
                .replace(cursorMove, '\n')
                .replace(kernelBegins, '\n')
                .replace(/\r+\n/g, '\n');
            const pieces = complete.split('\n');
            carry = (pieces.pop() ?? '') + held;
            return pieces.map(clean).filter((line) => line.trim() !== '');
        },
    };
}

/** A line without control characters. What a carriage return would have overwritten goes. */
function clean(line: string): string {
    const visible = line.replace(controlSequence, '').replace(/\r+$/, '');
    return visible
        .slice(visible.lastIndexOf('\r') + 1)
        .replace(otherControls, '')
        .trimEnd();
}
