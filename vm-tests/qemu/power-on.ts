import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { startDaemon } from '../children.ts';
import { type Journal, now, openJournal } from '../journal.ts';
import { trafficOf } from '../network/own-traffic.ts';
import type { Tail } from '../tail.ts';
import { machineCommand } from './arguments.ts';
import { type ConsoleWatch, watchConsole } from './console-watch.ts';
import { describeEnd } from './describe-end.ts';
import type { Machine, PowerOn } from './machine.ts';
import { observeConsole, observeDhcp, observeGuest, observeHttp } from './observe.ts';
import { type PluggedIn, plugIn } from './plug-in.ts';
import { connectQmp } from './qmp.ts';
import { watchPulse } from './watch-pulse.ts';

/**
 * Gives a machine power. It boots by itself from here on; what is seen of it is in its journal,
 * which closes when QEMU ends or the console shows that the machine will not come up.
 */
export async function powerOn(plan: PowerOn): Promise<Machine> {
    const { accelerator, directory, name, otherNics = [] } = plan;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const nonce = randomBytes(8).toString('hex');
    const pluggedIn = await plugIn(plan);
    const files = filesOf(plan, nonce);
    const command = commandFor(plan, pluggedIn, nonce, files);
    await writeFile(join(directory, 'qemu.argv'), `${command.join('\n')}\n`);

    const journal = openJournal(accelerator.slowness);
    const watch = watchConsole(plan.allowed);
    const macs = [plan.mac, ...otherNics];
    const tails = observe(plan, files, { journal, macs, nonce, watch });
    const poweredOn = now();
    const qemu = startDaemon('qemu-system-x86_64', command, join(directory, 'qemu.stderr'));
    journal.add({ at: poweredOn, source: 'harness', text: 'power on' });
    const connecting = connectQmp(files.qmp, qemu.ended, join(directory, 'qmp.log'), (event) =>
        journal.add({ at: now(), source: 'qemu', text: event.event, data: event.data }),
    );
    let cut = false;
    let ownEnd: Error | undefined;
    const ended = qemu.ended.then(async (ending) => {
        // What QEMU said last may still be on its way.
        await connecting.then(
            ({ closed }) => closed,
            () => {},
        );
        for (const tail of tails) {
            tail.stop();
        }
        journal.add({ at: now(), source: 'qemu', text: ending });
        const reason = describeEnd(journal.all(), ending);
        ownEnd = cut ? undefined : reason;
        journal.close(reason);
        return ending;
    });
    const qmp = await connecting;
    const pulse = watchPulse({
        journal,
        qmp,
        pid: qemu.pid,
        poweredOn,
        slowness: accelerator.slowness,
        taps: pluggedIn.taps,
        files: { 'serial console': files.console, 'events of the guest': files.events },
        hasDisks: (plan.disks ?? []).length > 0,
    });
    void ended.then(pulse.stop);
    return {
        name,
        nonce,
        start: plan.start ?? usualStart,
        macs,
        poweredOn,
        slowness: accelerator.slowness,
        journal,
        watch,
        pulse,
        directory,
        consoleSocket: files.serial,
        consoleLog: files.console,
        qmp,
        ended,
        hasPower: () => qemu.ending() === undefined,
        ownEnd: () => ownEnd,
        async cutPower() {
            if (qemu.ending() === undefined) {
                cut = true;
                await qemu.kill();
            }
            await ended;
            await pluggedIn.unplug();
        },
    };
}

const usualStart = { lane: 'network' } as const;

/** Where QEMU writes, and where it is reached: paths of sockets are short (unix(7)). */
function filesOf({ directory, sockets }: PowerOn, nonce: string) {
    return {
        qmp: join(sockets, `${nonce}.qmp`),
        serial: join(sockets, `${nonce}.console`),
        console: join(directory, 'console.raw'),
        events: join(directory, 'events.jsonl'),
        capture: join(directory, 'net.pcap'),
    };
}

type MachineFiles = ReturnType<typeof filesOf>;

function commandFor(plan: PowerOn, { nics }: PluggedIn, nonce: string, files: MachineFiles) {
    const { accelerator, disks, name, start = usualStart, uuid, watchdog, wiring } = plan;
    const { capture, console, events, qmp, serial } = files;
    return machineCommand({
        name,
        nics,
        ...(wiring?.lateNic === undefined ? {} : { lateNic: wiring.lateNic }),
        accelerator: accelerator.name,
        start,
        ...(uuid === undefined ? {} : { uuid }),
        ...(disks === undefined ? {} : { disks }),
        ...(watchdog === undefined ? {} : { watchdog }),
        nonce,
        sockets: { qmp, console: serial },
        files: { console, events, capture },
    });
}

/** Who sees what of the machine. */
interface Observers {
    readonly journal: Journal;
    readonly macs: readonly MacAddress[];
    readonly nonce: string;
    readonly watch: ConsoleWatch;
}

/** Puts all that is seen of the machine from now on into its journal. */
function observe(
    { serverLogs: { dhcp, http } }: PowerOn,
    { console, events }: MachineFiles,
    { journal, macs, nonce, watch }: Observers,
): readonly Tail[] {
    const own = trafficOf(macs);
    return [
        observeDhcp(journal, dhcp, sizeOf(dhcp), own),
        observeHttp(journal, http, sizeOf(http), own),
        observeConsole(journal, console, watch),
        observeGuest(journal, events, nonce),
    ];
}

function sizeOf(path: string): number {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
