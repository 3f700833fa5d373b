import { describe, expect, it } from 'vitest';
import { type MapOption, parseMapOption, printMapOptions } from './map-option.ts';
import { type MapOptionName, mapOptionRules, refusedMapOptions } from './map-options.ts';

type Value = string | number | boolean;

function wordOf(name: MapOptionName, value: Value): string | undefined {
    const parsed = parseMapOption(name, value);
    return parsed.ok ? parsed.value?.word : `refused: ${parsed.reason}`;
}

describe('parseMapOption', () => {
    it.each<[MapOptionName, Value, string | undefined]>([
        ['ms_mode', 'prefer-crc', 'ms_mode=prefer-crc'],
        ['ms_mode', 'v2', 'refused: it is one of legacy, crc, secure, prefer-crc, prefer-secure'],
        ['lock_timeout', '2m', 'lock_timeout=120'],
        ['lock_timeout', '0s', 'lock_timeout=0'],
        [
            'lock_timeout',
            30,
            'refused: it has no unit: write "30s" for seconds or "30m" for minutes',
        ],
        ['osdkeepalive', '0s', 'refused: the kernel takes 1s at least'],
        ['queue_depth', 256, 'queue_depth=256'],
        ['queue_depth', 0, 'refused: it is a whole number, from 1'],
        ['queue_depth', 1.5, 'refused: it is a whole number, from 1'],
        ['queue_depth', '256', 'refused: it is a whole number, from 1'],
        ['alloc_size', '64K', 'alloc_size=65536'],
        ['alloc_size', '96K', 'refused: it is a power of two, below 4G'],
        ['alloc_size', '4G', 'refused: it is a power of two, below 4G'],
        ['notrim', true, 'notrim'],
        ['notrim', false, undefined],
        ['notrim', 'yes', 'refused: it is true or false'],
        ['share', true, 'share'],
        ['share', false, 'noshare'],
        ['crush_location', 'rack:r1|host:desk1', 'crush_location=rack:r1|host:desk1'],
        [
            'crush_location',
            'rack=r1',
            'refused: a location is written "type:name", several as "rack:r1|host:desk1"',
        ],
        ['ip', '10.0.0.5', 'ip=10.0.0.5'],
        ['ip', 'fd00::5', 'ip=[fd00::5]'],
        ['ip', 'desk1', 'refused: it is one IPv4 or IPv6 address'],
    ])('%s: %j gives %j', (name, value, word) => {
        expect(wordOf(name, value)).toBe(word);
    });

    it('gives no word that would end an option or the options', () => {
        const nasty = [
            'a,b',
            'a b',
            'crc,secret=x',
            '10.0.0.1,ro',
            'rack:a,ro',
            'rack:a ro',
            '1s,x',
        ];
        for (const name of Object.keys(mapOptionRules) as MapOptionName[]) {
            for (const value of nasty) {
                expect(wordOf(name, value)).toMatch(/^refused: /);
            }
        }
    });
});

describe('the table of options', () => {
    it('has nothing that is refused', () => {
        const both = Object.keys(refusedMapOptions).filter((name) => name in mapOptionRules);
        expect(both).toEqual([]);
    });

    // libceph's and rbd's own tables: what is not offered must be refused with a reason.
    it('leaves out no option of the kernel', () => {
        const kernel =
            'fsid name secret key ip share crc cephx_require_signatures cephx_sign_messages tcp_nodelay mount_timeout osdkeepalive osd_idle_ttl osd_request_timeout abort_on_full crush_location read_from_replica ms_mode rxbounce queue_depth lock_on_read exclusive lock_timeout notrim alloc_size compression_hint ro read_only rw read_write _pool_ns';
        const missing = kernel
            .split(' ')
            .filter((name) => !(name in mapOptionRules) && !(name in refusedMapOptions));
        expect(missing).toEqual([]);
    });
});

describe('printMapOptions', () => {
    const option = (name: MapOptionName, value: Value): readonly MapOption[] => {
        const parsed = parseMapOption(name, value);
        return parsed.ok && parsed.value !== undefined ? [parsed.value] : [];
    };

    it('joins words, and has nothing to say of none', () => {
        const options = [
            ...option('queue_depth', 256),
            ...option('notrim', false),
            ...option('share', false),
        ];
        expect(printMapOptions(options)).toBe('queue_depth=256,noshare');
        expect(printMapOptions([])).toBe('');
    });
});
