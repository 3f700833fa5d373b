import { expect, test } from 'vitest';
import { printUnanswered, unanswered } from './unanswered.ts';

/** What tcpdump prints of frames, with seconds from the first one on. */
function capture(...frames: readonly (readonly [number, string])[]): readonly string[] {
    return [[0, 'IP6 :: > ff02::16: HBH ICMP6, length 28'] as const, ...frames].map(
        ([at, text]) => `${(1_795_324_329 + at).toFixed(6)} ${text}`,
    );
}

const syn = 'IP 10.77.0.34.39042 > 10.77.0.10.6789: Flags [S], seq 1, win 64240, length 0';
const synAck = 'IP 10.77.0.10.6789 > 10.77.0.34.39042: Flags [S.], seq 9, ack 2, length 0';
const reset = 'IP 10.77.0.10.6789 > 10.77.0.34.39042: Flags [R.], seq 0, ack 2, win 0, length 0';
const discover =
    'IP 0.0.0.0.68 > 255.255.255.255.67: BOOTP/DHCP, Request from 52:54:00:12:34:01, length 300';
const offer = 'IP 10.77.0.1.67 > 10.77.0.34.68: BOOTP/DHCP, Reply, length 300';
const later = [30, 'IP 10.77.0.34.40000 > 10.77.0.1.80: Flags [.], ack 1, length 0'] as const;

test('of a connection that nobody answers it tells how often it was asked for, and since when', () => {
    const lines = capture([9.2, syn], [10.2, syn], [12.2, syn], later);
    expect(printUnanswered(unanswered(lines))).toBe(
        '   9.2 s: a connection to 10.77.0.10.6789, 3 times, no answer',
    );
});

test('what is answered in the end is none, and begins anew afterwards', () => {
    expect(unanswered(capture([9, syn], [10, syn], [10.1, synAck], later))).toEqual([]);
    const again = capture([9, syn], [9.1, synAck], [20, syn], later);
    expect(unanswered(again)).toMatchObject([{ times: 1, since: expect.closeTo(20, 3) }]);
});

test('a connection that is refused is told, even at the very end', () => {
    expect(unanswered(capture([9, syn], [9.1, reset]))).toMatchObject([{ refused: true }]);
});

test('what was asked just now may still be answered', () => {
    expect(unanswered(capture([9, syn]))).toEqual([]);
});

test('leases are asked for in vain, or not', () => {
    const wanted = 'an answer to DHCP for 52:54:00:12:34:01';
    expect(unanswered(capture([1, discover], [3, discover], later))).toMatchObject([
        { wanted, times: 2 },
    ]);
    expect(unanswered(capture([1, discover], [1.1, offer], later))).toEqual([]);
});

test('neighbours are looked for in IPv4 and IPv6; whether an address is free is not', () => {
    const lines = capture(
        [1, 'ARP, Request who-has 10.77.0.34 tell 0.0.0.0, length 28'],
        [1, 'ARP, Request who-has 10.77.0.34 tell 10.77.0.34, length 28'],
        [2, 'IP6 :: > ff02::1:ff00:34: ICMP6, neighbor solicitation, who has fd77::34, length 32'],
        [3, 'ARP, Request who-has 10.77.0.10 tell 10.77.0.34, length 28'],
        [4, 'ARP, Request who-has 10.77.0.11 (ff:ff:ff:ff:ff:ff) tell 10.77.0.34, length 28'],
        [4.1, 'ARP, Reply 10.77.0.11 is-at 02:00:0a:4d:00:01, length 28'],
        [
            5,
            'IP6 fd77::34 > ff02::1:ff00:10: ICMP6, neighbor solicitation, who has fd77::10, length 32',
        ],
        later,
    );
    expect(unanswered(lines).map(({ wanted }) => wanted)).toEqual([
        'the MAC address of 10.77.0.10',
        'the MAC address of fd77::10',
    ]);
});
