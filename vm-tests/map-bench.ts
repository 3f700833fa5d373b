import { randomUUID } from 'node:crypto';
import { cutLines } from './qemu/console.ts';
import { parseReport } from './qemu/failure-report.ts';
import type { Machine } from './qemu/machine.ts';
import { sitDown } from './qemu/serial-console.ts';

/**
 * The steps of an emitted boot script before the one that maps, and then a shell on the console, in
 * the place of the rest.
 */
export function benchScript(emitted: string): string {
    return `${beforeMap(emitted)}
step_load_modules
step_network
echo 'the bench is ready'
exec sh < /dev/console > /dev/console 2>&1
`;
}

/**
 * The step of an emitted boot script that maps, alone. Where it would reboot the machine after a
 * minute, it ends at once.
 *
 * @param change what the scenario has otherwise than rbdboot would emit it.
 */
export function mapScript(emitted: string, change = (text: string) => text): string {
    return `${change(beforeMap(emitted))}
sleep() {
    case "$1" in
        60) ;;
        *) busybox sleep "$1" ;;
    esac
}
reboot() {
    exit 1
}
step_map_image
`;
}

function beforeMap(emitted: string): string {
    const calls = emitted.indexOf('\nstep_load_modules\n');
    if (calls < 0) {
        throw new Error('the emitted boot script does not call its steps as it used to');
    }
    return emitted.slice(0, calls);
}

/** A machine in its initramfs, where one mapping after the other can be tried. */
export interface MapBench {
    /** Runs a command. @returns its exit status, and what it printed. */
    readonly run: (command: string, seconds: number) => Promise<Tried>;
    /**
     * Runs a script of the machine, with what the host archive would hand over, and what the kernel
     * has logged so far forgotten.
     */
    readonly map: (script: string, handedOver: string, seconds: number) => Promise<Tried>;
}

/** What came of a command. */
export interface Tried {
    readonly status: number;
    /** What the console showed, line by line. */
    readonly lines: readonly string[];
}

/** The report of a failure in what was shown. */
export function reportIn({ lines }: Tried): ReturnType<typeof parseReport> {
    const first = lines.findIndex((line) => /^rbdboot\[[a-z-]+\] RB\d{3}: /.test(line));
    return parseReport(first < 0 ? [] : lines.slice(first));
}

/** Waits for the shell of {@link benchScript}. */
export async function openBench(machine: Machine): Promise<MapBench> {
    await machine.journal.waitFor('the bench', ({ text }) => text === 'the bench is ready', 90);
    const serial = sitDown(machine);
    const run = async (command: string, seconds: number): Promise<Tried> => {
        const mark = randomUUID().slice(0, 8);
        // The line itself is echoed; what it prints has another form.
        serial.type(`${command}; echo "$? is the status ""${mark}"`);
        const [, status] = await serial.waitFor(
            new RegExp(`(\\d+) is the status ${mark}`),
            seconds,
        );
        return { status: Number(status), lines: cutLines().push(serial.shown()) };
    };
    return {
        run,
        async map(script, handedOver, seconds) {
            const host = `mkdir -p /etc/rbdboot; echo '${handedOver}' > /etc/rbdboot/host`;
            await run(`${host}; rm -rf /run/rbdboot`, 20);
            return run(`dmesg -c > /dev/null; panic=60 sh ${script}`, seconds);
        },
    };
}
