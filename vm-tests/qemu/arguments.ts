import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { MachineUuid } from '../../generator/model/machine-uuid.ts';
import { type AcceleratorName, processors } from './accelerator.ts';

/** How a machine comes to its kernel. */
export type Start = NetworkStart | DirectStart;

/** As a rack does it: the firmware, iPXE, DHCP, HTTP. */
export interface NetworkStart {
    readonly lane: 'network';
    /** Where the code of UEFI is, and its variables, which it writes to. Absent: BIOS. */
    readonly uefi?: { readonly code: string; readonly variables: string };
    /** An iPXE to start with, under BIOS, as from a USB stick: `ipxe.lkrn`. Absent: the NIC's own. */
    readonly ipxe?: string;
}

/** QEMU puts kernel, initrd and command line into memory itself. */
export interface DirectStart {
    readonly lane: 'direct';
    readonly kernel: string;
    readonly initrd: string;
    readonly commandLine: string;
}

/** A NIC of a machine. For the monitor it is `nic0`, `nic1`…, its other end `net0`, `net1`… */
export interface NicPlan {
    readonly mac: MacAddress;
    /** What it is plugged into, for `-netdev`: a tap in the bridge, for instance. */
    readonly plug: string;
    /** The card, as QEMU calls it. Default: `virtio-net-pci`. */
    readonly card?: string;
    /** Further properties of the card: `host_mtu=1500`. Default: none. */
    readonly properties?: string;
}

/** A virtual machine. */
export interface MachinePlan {
    readonly name: string;
    readonly accelerator: AcceleratorName;
    /** The first is the one that boots it; firmware and kernel find the others before. */
    readonly nics: readonly [NicPlan, ...NicPlan[]];
    /** The first NIC is put in while the machine runs. Default: it is there. */
    readonly lateNic?: true;
    readonly start: Start;
    /** Raw images of disks that the machine has besides; it can change them for itself alone. */
    readonly disks?: readonly string[];
    /** It has a hardware watchdog, which resets it. Default: it has none. */
    readonly watchdog?: true;
    /** What its firmware says that it is. Default: no UUID. */
    readonly uuid?: MachineUuid;
    /** Unix sockets of the monitor and of the serial console; short paths, at most 107 bytes. */
    readonly sockets: { readonly qmp: string; readonly console: string };
    /** Files that get everything from the serial console, the events of the guest, and its frames. */
    readonly files: { readonly console: string; readonly events: string; readonly capture: string };
    /** What the guest's last event must carry. */
    readonly nonce: string;
}

/** The name of the virtio port for events, which is in `guest/report.sh` and `guest/report.service` too. */
const eventPort = 'org.rbdboot.events';

/**
 * What QEMU keeps of the code that it has translated. Its usual gigabyte still has all of an initramfs
 * when that is removed, and every piece is looked for and dropped by itself: 5 s of a boot. What is
 * full is dropped as a whole, in no time.
 */
const accelerations: Readonly<Record<AcceleratorName, string>> = Object.freeze({
    kvm: 'kvm',
    tcg: 'tcg,tb-size=256',
});

/**
 * One, and room for a second that is never put in. Without that room TCG takes it that nothing runs
 * beside the one, and QEMU before 8.1 then orders none of what it writes: a virtio card misses that
 * there is something to send, after some 100,000 frames of a busy machine, and sends nothing ever after.
 */
const processorCount = '1,maxcpus=2';

/**
 * Bytes of each frame that are kept: the headers, up to those of TCP over IPv6 with its options. All
 * that a machine loads goes through here, and what is in there may be secret.
 */
const captured = 128;

/** The command that starts the machine. */
export function machineCommand(plan: MachinePlan): readonly [string, ...string[]] {
    const { accelerator } = plan;
    return [
        'qemu-system-x86_64',
        ...['-name', plan.name],
        ...['-nodefaults', '-no-user-config', '-no-reboot'],
        // Without a screen to draw on, the BIOS and iPXE write to the serial console.
        ...['-machine', 'q35,graphics=off'],
        ...['-accel', accelerations[accelerator], '-cpu', processors[accelerator]],
        ...['-smp', processorCount, '-m', '1024'],
        ...['-display', 'none', '-device', 'VGA'],
        ...(plan.uuid === undefined ? [] : ['-uuid', plan.uuid]),
        ...nicOptions(plan),
        ...(plan.disks ?? []).flatMap((file) => [
            '-drive',
            `if=virtio,format=raw,snapshot=on,file=${file}`,
        ]),
        ...(plan.watchdog ? ['-device', 'i6300esb', '-watchdog-action', 'reset'] : []),
        ...startOptions(plan.start),
        '-chardev',
        `socket,id=console,path=${plan.sockets.console},server=on,wait=off,logfile=${plan.files.console}`,
        ...['-serial', 'chardev:console'],
        // A port whose other end is a file never blocks the guest, whoever reads it.
        ...['-chardev', `file,id=events,path=${plan.files.events}`],
        ...['-device', 'virtio-serial-pci'],
        ...['-device', `virtserialport,chardev=events,name=${eventPort}`],
        ...[
            '-object',
            `filter-dump,id=frames,netdev=net0,file=${plan.files.capture},maxlen=${captured}`,
        ],
        ...['-qmp', `unix:${plan.sockets.qmp},server=on,wait=off`],
        // Not on the kernel command line, which is the product's.
        ...['-smbios', `type=3,serial=${plan.nonce}`],
        ...['-device', 'virtio-rng-pci'],
    ];
}

/** The port of the bus that a NIC can be put into while the machine runs. */
export const latePort = 'late';

/**
 * With buffers that are merged for a large packet, QEMU before 9.1 waits for ever where there are
 * some, but not enough for the next packet: the machine hears nothing more from its cluster.
 */
const wholeBuffers = 'mrg_rxbuf=off';

function nicOptions({ nics: [first, ...others], lateNic, start }: MachinePlan): readonly string[] {
    const plug = (nic: NicPlan, index: number) => ['-netdev', `${nic.plug},id=net${index}`];
    const cardOf = (
        { mac, card = 'virtio-net-pci', properties }: NicPlan,
        index: number,
        rom: string,
    ) => [
        '-device',
        [
            `${card},id=nic${index},netdev=net${index},mac=${mac},${rom}`,
            ...(card === 'virtio-net-pci' ? [wholeBuffers] : []),
            ...(properties === undefined ? [] : [properties]),
        ].join(','),
    ];
    return [
        ...others.flatMap((nic, index) => [
            ...plug(nic, index + 1),
            ...cardOf(nic, index + 1, 'romfile='),
        ]),
        ...plug(first, 0),
        ...(lateNic
            ? ['-device', `pcie-root-port,id=${latePort}`]
            : cardOf(first, 0, bootRom(start))),
    ];
}

/**
 * Under BIOS the ROM of the card is Debian's iPXE. Named here it would not run: only of the default
 * ROM does QEMU change the device id to the one that the card has on this machine's bus. UEFI has a
 * driver of its own for the card, and gets iPXE over TFTP.
 */
function bootRom(start: Start): string {
    if (start.lane === 'direct' || start.ipxe !== undefined) {
        return 'romfile=';
    }
    return start.uefi === undefined ? 'bootindex=1' : 'romfile=,bootindex=1';
}

/**
 * Keeps the kernel from trying its timer out in a loop without interrupts: where an emulated machine
 * gets too little of the processor meanwhile, it panics with "IO-APIC + timer doesn't work!". Under KVM
 * the kernel does without that by itself.
 */
const timerIsFine = 'no_timer_check';

function startOptions(start: Start): readonly string[] {
    if (start.lane === 'direct') {
        const { kernel, initrd, commandLine } = start;
        return ['-kernel', kernel, '-initrd', initrd, '-append', `${commandLine} ${timerIsFine}`];
    }
    if (start.uefi === undefined) {
        return start.ipxe === undefined ? [] : ['-kernel', start.ipxe];
    }
    const { code, variables } = start.uefi;
    return [
        ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${code}`],
        ...['-drive', `if=pflash,format=raw,unit=1,file=${variables}`],
    ];
}
