import type { Code } from '../diagnostics/catalogue.ts';
import type { Statement } from '../sh/ast.ts';
import {
    any,
    argumentOf,
    assign,
    busyboxApplet,
    capture,
    command,
    compare,
    defineFunction,
    orElse,
    perform,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../sh/word.ts';
import { warn } from './report.ts';
import { tellInTime, whileTelling } from './teller.ts';
import type { BlockDevice } from './token.ts';

const sed = busyboxApplet('sed');

/**
 * Seconds without a request that is done. Where the network loses packets, TCP alone waits for 31 s
 * before its fifth attempt to send one again (RFC 6298), and then the request is done.
 */
const patience = 60;

/**
 * Of the fields of a disk's `stat` the ninth, which is how many requests are in flight, then the
 * first and the fifth: how many reads and writes are done (Documentation/block/stat.rst).
 */
const requestsOf = String.raw`s/^ *([0-9]+)( +[0-9]+){3} +([0-9]+)( +[0-9]+){3} +([0-9]+) .*/\5 \1 \3/`;

const step = argumentOf(1);
const device = argumentOf(2);
const requests = variable('requests', 'local');
const before = variable('before', 'local');
const left = variable('left', 'local');

const inFlight = expand(requests, {
    operator: 'remove-longest-suffix',
    pattern: pattern` ${anyString}`,
});
const done = (of: typeof requests) =>
    expand(of, { operator: 'remove-shortest-prefix', pattern: pattern`${anyString} ` });

/**
 * A check of a large file system takes minutes without a fault, and so does a look at each place of a
 * device over a slow network: in both requests are done, or none is in flight. That none of them is
 * done for so long is what no disk of this kind does by itself.
 */
const tellReads = defineFunction(
    'tell_reads',
    [
        'tell_reads STEP DEVICE: runs beside what reads the device of an image until it is ended, and says',
        `that an OSD is waited for: when no request was done for ${patience} s, and then each minute.`,
        'A device that is gone waits for an OSD until its mapping has ended.',
    ],
    [
        assign(requests, 'unknown'),
        ...tellInTime(
            patience,
            left,
            [
                assign(before, requests),
                capture(
                    requests,
                    command(sed, [
                        '-E',
                        requestsOf,
                        word`/sys/block/${expand(device, { operator: 'remove-shortest-prefix', pattern: pattern`/dev/` })}/stat`,
                    ]),
                    orElse(assign(requests, '')),
                ),
                when(any(compare(inFlight, '=', 0), compare(done(requests), '!=', done(before))), [
                    assign(left, patience),
                ]),
            ],
            [
                perform(
                    warn,
                    step,
                    'RB245' satisfies Code,
                    word`no OSD answers what is asked of ${device}: that waits, and goes on as soon as one does`,
                    '"ceph health detail" tells which OSDs are down, that the cluster is paused, or that its pool is full; if all is well there, see that this network still reaches the OSDs, at the addresses in "ceph osd dump"',
                ),
            ],
        ),
    ],
    [requests, before, left],
);

/**
 * Reads a device, or ends its mapping, and tells meanwhile on every console if an OSD is waited for.
 *
 * @param mapped the device of the image. Absent: nobody knows, and nothing is told.
 */
export function readWhileTelling(
    name: Argument,
    { mapped }: Pick<BlockDevice, 'mapped'>,
    statements: readonly Statement[],
): readonly Statement[] {
    return mapped === undefined ? statements : whileTelling(tellReads, [name, mapped], statements);
}
