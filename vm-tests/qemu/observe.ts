import { type Journal, now } from '../journal.ts';
import { parseRequest } from '../network/nginx.ts';
import type { OwnTraffic } from '../network/own-traffic.ts';
import { BootFailure } from '../report/failure-class.ts';
import { followFile, type Tail } from '../tail.ts';
import { cutLines } from './console.ts';
import type { ConsoleWatch } from './console-watch.ts';
import { isAnswer, parseGuestEvent } from './events.ts';

/** Puts what the serial console shows into the journal, and closes it at a line of failure. */
export function observeConsole(journal: Journal, path: string, watch: ConsoleWatch): Tail {
    const cutter = cutLines();
    const judge = (failure: Error | undefined) => {
        if (failure !== undefined) {
            journal.close(failure);
        }
    };
    return followFile(path, 0, (text) => {
        for (const line of cutter.push(text)) {
            journal.add({ at: now(), source: 'console', text: line });
            judge(watch.read(line));
        }
        judge(watch.readRest(cutter.rest()));
    });
}

/**
 * Puts the guest's events into the journal. Closes it if one is no event, if the last is not of this
 * run, or if something comes behind the last that nobody asked for: then the guest does not tell what
 * it does.
 */
export function observeGuest(journal: Journal, path: string, nonce: string): Tail {
    let over = false;
    const refuse = (why: string) => journal.close(new BootFailure('disagreement', why));
    return followLines(path, 0, (line) => {
        const event = parseGuestEvent(line);
        if (event === undefined) {
            refuse(`the guest wrote what is no event: ${line}`);
            return;
        }
        if (over && !isAnswer(event)) {
            refuse(`the guest reports ${event.event} after the end of its report`);
            return;
        }
        if (event.event === 'end' && event.data !== nonce) {
            refuse('the last event of the guest is not of this run');
            return;
        }
        over ||= event.event === 'end';
        journal.add({ at: now(), source: 'guest', text: event.event, data: event.data });
    });
}

/** Puts the messages of dnsmasq about the machine into the journal. */
export function observeDhcp(journal: Journal, path: string, from: number, own: OwnTraffic): Tail {
    return followLines(path, from, (line) => {
        for (const text of own.dhcp(line)) {
            journal.add({ at: now(), source: 'dhcp', text });
        }
    });
}

/** Puts the machine's requests to nginx into the journal, at the time at which each was answered. */
export function observeHttp(journal: Journal, path: string, from: number, own: OwnTraffic): Tail {
    return followLines(path, from, (line) => {
        const request = parseRequest(line);
        if (request !== undefined && own.http(request)) {
            const text = `${request.status} ${request.path} ${request.bytes} bytes`;
            journal.add({ at: request.endedAt, source: 'http', text, data: request });
        }
    });
}

function followLines(path: string, from: number, take: (line: string) => void): Tail {
    let carry = '';
    return followFile(path, from, (text) => {
        const lines = (carry + text).split('\n');
        carry = lines.pop() ?? '';
        for (const line of lines.filter((one) => one !== '')) {
            take(line);
        }
    });
}
