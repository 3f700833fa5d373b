import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSite } from '../../config/load.ts';
import { type CephKey, parseCephKey } from '../../model/ceph-key.ts';
import { emitCephConfiguration } from '../../targets/ceph-configuration.ts';
import { emitInitramfsTools } from '../../targets/initramfs-tools/emit.ts';

const configurations = ['../../../examples/desk/boot.config.ts', 'boot.config.ts'];

/** Of the right form, with NUL bytes in it as a real one has; its secret part is plain text. */
const key = 'AQAAAAAAAAAAABAAc2VjcmV0IG9mIGEgdGVzdA==';

/** Writes what is emitted for the hosts of the shell-level tests, one directory a host. */
export async function emitHosts(directory: string): Promise<void> {
    for (const configuration of configurations) {
        const loaded = await loadSite(fileURLToPath(new URL(configuration, import.meta.url)));
        if (!loaded.ok) {
            throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
        }
        for (const host of loaded.value.hosts) {
            const scripts = emitInitramfsTools(loaded.value, host);
            if (!scripts.ok) {
                throw new Error(scripts.diagnostics.map(({ message }) => message).join('\n'));
            }
            const files = [
                ...scripts.value,
                ...emitCephConfiguration(loaded.value, host, testKey()),
            ];
            for (const { path, mode, text } of files) {
                const file = join(directory, host.name, path);
                mkdirSync(dirname(file), { recursive: true });
                writeFileSync(file, text, { mode });
            }
        }
    }
}

function testKey(): CephKey {
    const parsed = parseCephKey(key);
    if (!parsed.ok) {
        throw new Error(parsed.reason);
    }
    return parsed.value;
}
