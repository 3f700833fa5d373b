/** A message of DHCP over Ethernet and IPv4, as its bytes (RFC 951, RFC 2131). */
export interface DhcpFrame {
    /** What it is for: see {@link kinds}. */
    readonly kind: number;
    /** Option 54: the server that it is from, or is for. */
    readonly server: string | undefined;
    /** The address that it gives; `0.0.0.0` where it gives none. */
    readonly address: string;
    /** MAC address of the machine that asks. */
    readonly client: string;
    readonly options: ReadonlyMap<number, Buffer>;
}

/** Kinds of messages, the values of option 53. */
export const kinds = { discover: 1, offer: 2, request: 3, ack: 5, nak: 6 } as const;

/** What a changed message has otherwise. */
export interface DhcpChanges {
    readonly kind?: number;
    readonly server?: string;
    readonly address?: string;
    /** Without the server and the name of the file to boot from, in the header and in the options. */
    readonly withoutBootFile?: true;
    /** Of the options, the kind and the server alone. */
    readonly withoutOptions?: true;
}

const ethernet = 14;
const udpHeader = 8;
/** Where it is in a message: yiaddr, siaddr, chaddr, sname and file, the options after their four magic bytes. */
const at = {
    address: 16,
    nextServer: 20,
    client: 28,
    names: 44,
    magic: 236,
    options: 240,
} as const;
const option = { kind: 53, server: 54, serverName: 66, bootFile: 67, end: 255 } as const;

/** Reads a frame. @returns undefined for anything else than DHCP. */
export function readDhcp(frame: Buffer): DhcpFrame | undefined {
    const start = messageStart(frame);
    if (start === undefined) {
        return undefined;
    }
    const options = readOptions(frame.subarray(start + at.options));
    const kind = options.get(option.kind)?.[0];
    const server = options.get(option.server);
    const bytes = (from: number, length: number) => [
        ...frame.subarray(start + from, start + from + length),
    ];
    return kind === undefined
        ? undefined
        : {
              kind,
              server: server === undefined ? undefined : [...server].join('.'),
              address: bytes(at.address, 4).join('.'),
              client: bytes(at.client, 6)
                  .map((one) => one.toString(16).padStart(2, '0'))
                  .join(':'),
              options,
          };
}

/** The same frame with some things otherwise; what the sums depend on is put right. */
export function changeDhcp(frame: Buffer, changes: DhcpChanges): Buffer {
    const start = messageStart(frame);
    const message = readDhcp(frame);
    if (start === undefined || message === undefined) {
        throw new Error('a frame that has no message of DHCP');
    }
    const header = Buffer.from(frame.subarray(0, start + at.options));
    if (changes.address !== undefined) {
        quad(changes.address).copy(header, start + at.address);
    }
    if (changes.withoutBootFile) {
        header.fill(0, start + at.nextServer, start + at.nextServer + 4);
        header.fill(0, start + at.names, start + at.magic);
    }
    const options = new Map(message.options);
    if (changes.kind !== undefined) {
        options.set(option.kind, Buffer.from([changes.kind]));
    }
    if (changes.server !== undefined) {
        options.set(option.server, quad(changes.server));
        quad(changes.server).copy(header, ethernet + 12);
    }
    const kept = [...options].filter(([code]) => {
        const ofBoot = code === option.serverName || code === option.bootFile;
        const needed = code === option.kind || code === option.server;
        return !(changes.withoutBootFile && ofBoot) && (needed || !changes.withoutOptions);
    });
    const fields = kept.map(([code, value]) => Buffer.from([code, value.length, ...value]));
    return withLengths(Buffer.concat([header, ...fields, Buffer.from([option.end])]), start);
}

/** Where the message begins in a frame between the ports of DHCP. */
function messageStart(frame: Buffer): number | undefined {
    if (frame.length < ethernet + 20 || frame.readUInt16BE(12) !== 0x0800) {
        return undefined;
    }
    const udp = ethernet + (frame.readUInt8(ethernet) & 0xf) * 4;
    const start = udp + udpHeader;
    const isDhcp =
        frame.readUInt8(ethernet + 9) === 17 &&
        frame.length > start + at.options &&
        [67, 68].includes(frame.readUInt16BE(udp)) &&
        [67, 68].includes(frame.readUInt16BE(udp + 2));
    return isDhcp ? start : undefined;
}

function readOptions(bytes: Buffer): ReadonlyMap<number, Buffer> {
    const options = new Map<number, Buffer>();
    for (let index = 0; index < bytes.length; ) {
        const code = bytes[index] ?? option.end;
        if (code === option.end) {
            break;
        }
        const length = code === 0 ? -1 : (bytes[index + 1] ?? 0);
        if (code !== 0) {
            options.set(code, bytes.subarray(index + 2, index + 2 + length));
        }
        index += 2 + length;
    }
    return options;
}

/** Puts right what the headers of IPv4 and UDP say of the length; UDP does without its sum. */
function withLengths(frame: Buffer, start: number): Buffer {
    const udp = start - udpHeader;
    frame.writeUInt16BE(frame.length - ethernet, ethernet + 2);
    frame.writeUInt16BE(frame.length - udp, udp + 4);
    frame.writeUInt16BE(0, udp + 6);
    frame.writeUInt16BE(0, ethernet + 10);
    let sum = 0;
    for (let index = ethernet; index < udp; index += 2) {
        sum += frame.readUInt16BE(index);
    }
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >>> 16);
    }
    frame.writeUInt16BE(~sum & 0xffff, ethernet + 10);
    return frame;
}

function quad(address: string): Buffer {
    return Buffer.from(address.split('.').map(Number));
}
