import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { type InterfaceAddress, parseInterfaceAddress } from '../../model/interface-address.ts';
import type { OwnPlan, Site } from '../../model/site.ts';
import type { PlanAuthor } from '../../plan/author.ts';
import { defineStep } from '../../plan/step.ts';
import { builtin, command, orElse, run } from '../../sh/build.ts';
import { type BootSubject, everyHost, oneHost } from '../../steps/boot-subject.ts';
import { standardPlan } from '../../steps/standard-plan.ts';
import { aHost, aSite } from '../../testing/builders.ts';
import { essential, releases } from '../../testing/releases/releases.ts';
import { runProgram, withDirectory } from '../../testing/shells.ts';
import { emitInitramfsTools } from './emit.ts';

type HostChanges = Parameters<typeof aHost>[0];

function hostOf(changes: HostChanges, siteChanges: Partial<Site> = {}): [Site, BootSubject] {
    const host = aHost(changes);
    const site = aSite({ hosts: [host], ...siteChanges });
    return [site, oneHost(site, host)];
}

const sayHostile = defineStep<object, object>('say-hostile', {
    contract: ['says something with every sign in it.'],
    boot: (scope) => ({
        statements: [
            scope.say(`it's "quoted" \\ *?[a]{b,c} ~ #!&|;<> é😀`),
            run(command(builtin('true')), orElse(scope.fail('RB210', '*', "don't"))),
        ],
        achieved: {},
    }),
});

const ownPlan: PlanAuthor = (plan, host) => {
    const root = standardPlan(plan, host);
    plan.step(sayHostile({}));
    plan.afterRoot.step(sayHostile({}));
    return root;
};

const fd = { address: 'fd00::10', port: 6789 };
const { fsid } = aSite().cluster;
const shared = aSite({ initrd: 'shared', hosts: [aHost(), aHost({ name: 'desk2' })] });
const sharedAnyNic = aSite({ initrd: 'shared', hosts: [aHost({ nicModules: [] })] });

const bond = {
    mode: 'active-backup',
    nics: ['52:54:00:12:34:01', '52:54:00:12:34:02'] as never,
} as const;
const rack = aSite({
    initrd: 'shared',
    hosts: [
        aHost({
            address: { ip: address('fd00::5/64') },
            mtu: 9000 as never,
            vlan: 7 as never,
            bond,
        }),
    ],
});

function address(text: string): InterfaceAddress {
    const parsed = parseInterfaceAddress(text);
    if (!parsed.ok) {
        throw new Error(parsed.reason);
    }
    return parsed.value;
}

const samples: Readonly<Record<string, [Site, BootSubject]>> = {
    'an address that is handed over': hostOf({ address: 'lease' }),
    'an address from DHCP': hostOf({ address: 'dhcp' }),
    'a static address with an MTU': hostOf({
        address: { ip: address('10.77.0.5/24'), gateway: '10.77.0.1' as never },
        mtu: 9000 as never,
    }),
    'a static IPv6 address': hostOf({ address: { ip: address('fd00::5/64') } }),
    'a VLAN over a bond': hostOf({ address: 'dhcp', vlan: 7 as never, bond }),
    'one initrd for all, with everything': [rack, everyHost(rack)],
    'any NIC': hostOf({ nicModules: [] }),
    'many NICs': hostOf({ nicModules: ['e1000e', 'igb', 'ixgbe', 'r8169', 'virtio_net'] }),
    'monitors with IPv6 addresses': hostOf({}, { cluster: { fsid, monitors: [fd, fd, fd] } }),
    'an image outside any namespace': hostOf({ image: { pool: 'rbd', image: 'debian-12' } }),
    'long names': hostOf({
        name: 'a'.repeat(63),
        client: 'client.of.every.desk_in-the-house',
        image: { pool: 'p'.repeat(60), namespace: 'n'.repeat(60), image: 'i'.repeat(60) },
    }),
    'map options': hostOf({ mapOptions: ['ms_mode=secure', 'queue_depth=256'] as never }),
    'a passphrase for LUKS': hostOf({ luks: { kind: 'passphrase', tries: 3 } as never }),
    'a key file for LUKS': hostOf({ luks: { kind: 'key-file', file: '/k' } as never }),
    'a crypttab for LUKS': hostOf({ luks: { kind: 'crypttab' } as never }),
    'a plan of its own': hostOf({ plan: ownPlan as OwnPlan }),
    'one initrd for all': [shared, everyHost(shared)],
    'one initrd for all, any NIC': [sharedAnyNic, everyHost(sharedAnyNic)],
};

/** Optional findings of shellcheck that are refused. All others count. */
const refused = {
    SC1091: 'hook-functions is sourced, and is in the root of a machine, not here',
    SC2249: 'a case without *) is meant: what matches no pattern goes on',
    SC2250: 'braces stand where a name would go on without them: fewer signs, easier to read',
};

/** Each finds nothing in any of the files; what it prints is shown if it does. */
const checks: readonly [name: string, program: string, ...args: readonly string[]][] = [
    [
        'shellcheck, every optional check included',
        'shellcheck',
        ...['--norc', '--shell=dash', '--enable=all', '--format=gcc'],
        `--exclude=${Object.keys(refused).join(',')}`,
    ],
    // Without --posix it knows what Debian asks of /bin/sh beyond POSIX: `local`, with values too
    // (Debian Policy, 10.4). It takes a quarter of a second a file, so it reads the richest alone.
    ['checkbashisms', 'checkbashisms'],
    ['shfmt', 'shfmt', '-ln', 'posix', '-i', '4', '-ci', '-bn', '-sr', '-d'],
    ['dash', 'dash', '-n'],
    ['busybox', 'busybox', 'sh', '-n'],
    ['bash', 'bash', '--posix', '-n'],
    ['posh', 'posh', '-n'],
    ['mksh', 'mksh', '-n'],
    ['yash', 'yash', '-o', 'posixly-correct', '-n'],
];

// Shells read one file at a time, the others many.
const takesMany = new Set(['shellcheck', 'checkbashisms', 'shfmt']);

function scriptsOf([site, subject]: [Site, BootSubject]): readonly EmittedFile[] {
    const emitted = emitInitramfsTools(site, subject);
    if (!emitted.ok) {
        throw new Error('a sample is not emitted');
    }
    return emitted.value.filter(({ mode }) => mode === 0o755);
}

const scripts = Object.entries(samples).flatMap(([name, sample]) =>
    scriptsOf(sample).map((file) => ({
        ...file,
        path: `${name.replaceAll(' ', '-')}/${file.path}`,
    })),
);

describe('emitted scripts', { timeout: 60_000 }, () => {
    it('are a hook and a boot script, and one for each other phase where the plan has steps', () => {
        const paths = scriptsOf(samples['a plan of its own'] ?? hostOf({})).map(({ path }) => path);
        expect(paths).toEqual([
            'etc/initramfs-tools/hooks/rbdboot',
            'etc/initramfs-tools/scripts/local-top/rbdboot',
            'etc/initramfs-tools/scripts/local-bottom/rbdboot',
            'etc/initramfs-tools/scripts/shutdown/rbdboot',
        ]);
    });

    it.each(checks)('have no finding of %s', (_, program, ...args) => {
        withDirectory((directory) => {
            for (const { path, text, mode } of scripts) {
                mkdirSync(join(directory, dirname(path)), { recursive: true });
                writeFileSync(join(directory, path), text, { mode });
            }
            const files = scripts
                .map(({ path }) => path)
                .filter((path) => program !== 'checkbashisms' || /^(a-plan|one-initrd)/.test(path));
            const calls = takesMany.has(program) ? [files] : files.map((file) => [file]);
            for (const call of calls) {
                const { status, output, errors } = runProgram(
                    program,
                    [...args, ...call],
                    directory,
                );
                const found = { status, output: output.toString(), errors };
                expect(found).toEqual({ status: 0, output: '', errors: '' });
            }
        });
    });

    it('are the same bytes each time', () => {
        for (const sample of Object.values(samples)) {
            expect(scriptsOf(sample)).toEqual(scriptsOf(sample));
        }
    });
});

// What steps call is known, and so is what each release has: a step that needs more than that is
// found here, not by a machine in a rack.
describe.each(releases)('on $name', (release) => {
    const hooks = scripts.filter(({ path }) => path.endsWith('/hooks/rbdboot'));
    const listed = (name: string) => [
        ...new Set(
            hooks.flatMap(({ text }) => {
                const list = new RegExp(`^for ${name} in ((?:.|\\\\\\n)+); do$`, 'm').exec(text);
                return (list?.[1] ?? '').split(/[\s\\]+/).filter((word) => word !== '');
            }),
        ),
    ];

    it('each program of the boot scripts is an applet, or every system has it', () => {
        const called = listed('applet');
        expect(called).toContain('base64');
        const { applets } = release;
        expect(called.filter((name) => !applets.has(name) && !essential.has(name))).toEqual([]);
    });

    it('the initramfs has what the boot scripts take for granted', () => {
        const called = listed('program');
        expect(called).toEqual(expect.arrayContaining(['ipconfig', 'modprobe', 'reboot']));
        expect(called.filter((name) => !release.given.has(name))).toEqual([]);
    });

    it('has the variables of init that the boot scripts read', () => {
        const read = scripts.flatMap(({ text }) =>
            [...text.matchAll(/\$\{([A-Za-z]+):-[^}]*\}/g)].map(([, name = '']) => name),
        );
        const known = new Set(releases.flatMap(({ exported }) => [...exported]));
        const fromInit = [...new Set(read)].filter((name) => known.has(name));
        expect(fromInit).toContain('quiet');
        expect(fromInit.filter((name) => !release.exported.has(name))).toEqual([]);
    });

    it('has the functions of its own that the scripts call', () => {
        const known = ['manual_add_modules', 'copy_exec', 'copy_file', 'force_load', 'panic'];
        const called = known.filter((name) =>
            scripts.some(({ text }) => new RegExp(`^ *${name} `, 'm').test(text)),
        );
        expect(called).toContain('copy_exec');
        expect(called.filter((name) => !release.functions.has(name))).toEqual([]);
    });
});

it('knows why the hook does not ask the busybox of the system: Ubuntu puts another one in', () => {
    const [debian12, , ubuntu] = releases;
    const lost = [...(debian12?.applets ?? [])].filter((name) => !ubuntu?.applets.has(name));
    expect(lost).toEqual(expect.arrayContaining(['base64', 'dd', 'dmesg', 'reboot']));
    expect(ubuntu?.klibc.has('dd')).toBe(true);
});
