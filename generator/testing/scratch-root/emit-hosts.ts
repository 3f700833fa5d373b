import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSite } from '../../config/load.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type CephKey, parseCephKey } from '../../model/ceph-key.ts';
import type { Host, Site } from '../../model/site.ts';
import { hostArchive } from '../../netboot/host-archive.ts';
import { type BootSubject, everyHost, oneHost } from '../../steps/boot-subject.ts';
import { emitCephConfiguration, emitKeyring } from '../../targets/ceph-configuration.ts';
import { emitInitramfsTools } from '../../targets/initramfs-tools/emit.ts';
import { emitRealSystem } from '../../targets/real-system/emit.ts';

/** Of the right form, with NUL bytes in it as a real one has; its secret part is plain text. */
const key = 'AQAAAAAAAAAAABAAc2VjcmV0IG9mIGEgdGVzdA==';

/** Writes what is emitted for the hosts of the shell-level tests, one directory a host. */
export async function emitHosts(directory: string): Promise<void> {
    const example = await load('../../../examples/desk/boot.config.ts');
    const further = await load('boot.config.ts');
    for (const site of [example, further]) {
        for (const host of site.hosts) {
            emit(join(directory, host.name), site, oneHost(site, host), host);
        }
    }
    const rack = await load('rack.boot.config.ts');
    for (const host of rack.hosts) {
        emit(join(directory, host.name), rack, oneHost(rack, host), host);
        emit(join(directory, 'rack'), rack, everyHost(rack), host);
    }
    for (const name of ['goldens', 'disks']) {
        const shared = await load(`${name}.boot.config.ts`);
        for (const host of shared.hosts) {
            emit(join(directory, name), shared, everyHost(shared), host);
        }
    }
    for (const host of example.hosts) {
        const fleet = join(directory, 'fleet');
        emit(fleet, example, everyHost(example), host);
        const archive = hostArchive(host, testKey()).text;
        writeFileSync(join(fleet, 'host.cpio'), archive, 'latin1');
        const older = join(directory, 'older');
        const accepting: Site = { ...example, initrd: 'shared', acceptRbdroot: true };
        emit(older, accepting, everyHost(accepting), host);
        writeFileSync(join(older, 'host.cpio'), archive, 'latin1');
    }
}

async function load(configuration: string): Promise<Site> {
    const loaded = await loadSite(fileURLToPath(new URL(configuration, import.meta.url)));
    if (!loaded.ok) {
        throw failed(loaded.diagnostics);
    }
    return loaded.value;
}

function emit(directory: string, site: Site, subject: BootSubject, host: Host): void {
    const scripts = emitInitramfsTools(site, subject);
    if (!scripts.ok) {
        throw failed(scripts.diagnostics);
    }
    const { bootDirectory } = host;
    const files = [
        ...scripts.value,
        emitCephConfiguration(site),
        ...emitRealSystem(site, host),
        emitKeyring(host, testKey()),
        ...(bootDirectory === undefined ? [] : [emitKeyring(bootDirectory, testKey())]),
    ];
    for (const { path, mode, text } of files) {
        const file = join(directory, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode });
    }
}

function failed(diagnostics: readonly Diagnostic[]): Error {
    return new Error(diagnostics.map(({ message }) => message).join('\n'));
}

function testKey(): CephKey {
    const parsed = parseCephKey(key);
    if (!parsed.ok) {
        throw new Error(parsed.reason);
    }
    return parsed.value;
}
