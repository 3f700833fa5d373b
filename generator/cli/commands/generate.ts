import { join } from 'node:path';
import { loadSite } from '../../config/load.ts';
import { type Outcome, success } from '../../diagnostics/diagnostic.ts';
import { type WrittenFile, writeGenerated } from '../../emit/write-generated.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import type { Host, Site } from '../../model/site.ts';
import { traceInitramfsTools } from '../../targets/initramfs-tools/emit.ts';
import { findHost } from '../find-host.ts';
import { type ExitCode, finish, type Result } from '../output.ts';
import { sourceMap, sourceMapFile, sourceMapName } from '../source-map.ts';

export interface GenerateOptions {
    readonly out: string;
    readonly config: string;
    /** The first host of the configuration if left out. */
    readonly host?: string;
    readonly json: boolean;
}

/**
 * `rbdboot generate`: writes the hook and the boot scripts of one host into a source tree, to be
 * looked at, reviewed, or copied to a machine without Node.js.
 */
export async function generate(options: GenerateOptions): Promise<ExitCode> {
    const site = await loadSite(options.config);
    if (!site.ok) {
        return finish(site, options.json);
    }
    const host = chooseHost(site.value, options.host);
    if (!host.ok) {
        return finish(host, options.json);
    }
    const emitted = traceInitramfsTools(site.value, host.value);
    if (!emitted.ok) {
        return finish(emitted, options.json);
    }
    const { files: installed, spans } = emitted.value;
    const map = await sourceMap(site.value, host.value, spans);
    const files = [
        ...installed.flatMap(inSourceTree),
        sourceMapFile(join('scripts/initramfs-tools', sourceMapName), map),
    ];
    const written = writeGenerated(options.out, files);
    return finish(written.ok ? success(describe(written.value)) : written, options.json);
}

function chooseHost(site: Site, name: string | undefined): Outcome<Host> {
    const [first] = site.hosts;
    return name === undefined && first !== undefined ? success(first) : findHost(site, name ?? '');
}

/** `etc/initramfs-tools/hooks/x` is `hooks/initramfs-tools/x` there; settings stay with `install`. */
function inSourceTree(file: EmittedFile): readonly EmittedFile[] {
    const match = /^etc\/initramfs-tools\/(hooks|scripts)\/(.+)$/.exec(file.path);
    const [, folder, rest] = match ?? [];
    return folder === undefined ? [] : [{ ...file, path: `${folder}/initramfs-tools/${rest}` }];
}

function describe(written: readonly WrittenFile[]): Result {
    const lines = written.map(
        ({ path, changed }) => `${changed ? 'wrote    ' : 'unchanged'} ${path}\n`,
    );
    return { text: lines.join(''), json: { files: written } };
}
