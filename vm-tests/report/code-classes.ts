import type { Code } from '../../generator/diagnostics/catalogue.ts';
import type { FailureClass } from './failure-class.ts';

/** A code that a machine shows on its console. */
export type BootCode = Extract<Code, `RB2${string}`>;

/** What a code on the console means for whoever looks for the fault. */
export const codeClasses: Readonly<Record<BootCode, FailureClass>> = Object.freeze({
    RB201: 'kernel-load',
    RB202: 'net',
    // What the boot server's script hands over is looked for there.
    RB203: 'http',
    RB204: 'auth',
    RB205: 'mon',
    RB206: 'osd',
    RB207: 'auth',
    RB208: 'lock',
    RB209: 'osd',
    RB210: 'kernel',
    RB211: 'dhcp',
    RB212: 'net',
    RB213: 'auth',
    RB214: 'auth',
    RB215: 'mon',
    RB216: 'http',
    RB217: 'net',
    RB218: 'net',
    RB219: 'net',
    RB220: 'lock',
    RB221: 'mon',
    RB222: 'osd',
    RB223: 'auth',
    // On the blocklist is who was fenced: somebody else has, or had, the lock.
    RB224: 'lock',
    RB225: 'fs',
    RB226: 'fs',
    RB227: 'fs',
    RB228: 'fs',
    RB229: 'fs',
    RB230: 'luks',
    RB231: 'luks',
    RB232: 'luks',
    RB233: 'luks',
    RB234: 'luks',
    RB235: 'http',
    RB236: 'http',
    RB237: 'http',
    RB242: 'shutdown',
    RB243: 'shutdown',
    RB244: 'osd',
    RB245: 'osd',
});

/** How a boot script begins the report of a failure. */
export const failureLine = /^rbdboot\[(?<step>[a-z-]+)\] (?<code>RB\d{3}): (?<what>.*)$/;

/** The class of the failure that a line reports, if it reports one. */
export function classOfReport(line: string): FailureClass | undefined {
    const code = failureLine.exec(line)?.groups?.code;
    return code !== undefined && code in codeClasses ? codeClasses[code as BootCode] : undefined;
}
