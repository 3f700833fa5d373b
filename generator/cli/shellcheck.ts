import { execa } from 'execa';
import * as v from 'valibot';
import { firstColumn } from '../config/first-column.ts';
import { findOwnEntry } from '../config/own-entry.ts';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import type { Host, Site } from '../model/site.ts';
import { type TracedFiles, traceInitramfsTools } from '../targets/initramfs-tools/emit.ts';
import type { StepSpan } from '../targets/step-spans.ts';
import { subjectsOf } from './subject.ts';

const finding = v.object({
    line: v.number(),
    level: v.picklist(['error', 'warning', 'info', 'style']),
    code: v.number(),
    message: v.string(),
});

type Finding = v.InferOutput<typeof finding>;

/**
 * Runs shellcheck on every script that the configuration comes to, and leads each finding back to
 * its step and to the line of the configuration.
 *
 * @returns what shellcheck finds; RB306 if there is no shellcheck.
 */
export async function shellcheckSite(site: Site): Promise<Outcome<readonly Diagnostic[]>> {
    const found: Diagnostic[] = [];
    for (const subject of subjectsOf(site)) {
        const traced = traceInitramfsTools(site, subject);
        if (!traced.ok) {
            return traced;
        }
        const host = site.hosts.find(({ name }) => name === subject.name);
        for (const script of traced.value.files.filter(isScript)) {
            const findings = await shellcheck(script);
            if (!findings.ok) {
                return findings;
            }
            for (const one of findings.value) {
                found.push(await toDiagnostic(one, script, traced.value, { site, host }));
            }
        }
    }
    return success(withoutRepeats(found));
}

function isScript({ text }: EmittedFile): boolean {
    return text.startsWith('#!');
}

async function shellcheck({ text }: EmittedFile): Promise<Outcome<readonly Finding[]>> {
    // SC1091: the libraries of initramfs-tools are in the root of a machine. And no settings of the
    // directory that the command happens to run in.
    const options = ['--norc', '--exclude', 'SC1091', '--shell', 'dash', '--format', 'json', '-'];
    const result = await execa('shellcheck', options, { input: text, reject: false });
    if (result.code === 'ENOENT') {
        return failure({
            code: 'RB306',
            severity: 'error',
            message: 'there is no shellcheck on this machine',
            hint: 'install it: apt-get install shellcheck',
        });
    }
    if (result.exitCode !== 0 && result.exitCode !== 1) {
        throw new Error(`shellcheck: ${result.stderr || result.shortMessage}`);
    }
    return success(v.parse(v.array(finding), JSON.parse(result.stdout)));
}

async function toDiagnostic(
    { line, level, code, message }: Finding,
    { path }: EmittedFile,
    { spans }: TracedFiles,
    from: { readonly site: Site; readonly host: Host | undefined },
): Promise<Diagnostic> {
    const span = spans.find(
        (one) => one.path === path && one.firstLine <= line && line <= one.lastLine,
    );
    const place = span === undefined ? undefined : await locate(span, from.site, from.host);
    const step = span === undefined ? '' : `, step ${span.step}`;
    return {
        code: `SC${code}`,
        severity: level === 'error' ? 'error' : 'warning',
        message: `${path}:${line}${step}: ${message.replace(/\.$/, '')}`,
        hint: `https://www.shellcheck.net/wiki/SC${code}`,
        ...(place === undefined ? {} : { location: place }),
    };
}

/** Where the author recorded the step, or else the first key of the host that it prints. */
async function locate({ keys, location }: StepSpan, { source }: Site, host: Host | undefined) {
    const [key] = keys;
    if (location !== undefined) {
        return { ...location, column: firstColumn(location.file, location.line) };
    }
    if (host === undefined || key === undefined) {
        return undefined;
    }
    const { openConfigurationSource } = await import('../typescript/configuration-source.ts');
    const opened = openConfigurationSource(source, findOwnEntry().types);
    return opened.locate(['hosts', host.name, key], 'key');
}

/** Hosts share steps: what is found in one of them is found in all. */
function withoutRepeats(found: readonly Diagnostic[]): readonly Diagnostic[] {
    const seen = new Set<string>();
    return found.filter((one) => {
        const text = JSON.stringify(one);
        const isNew = !seen.has(text);
        seen.add(text);
        return isNew;
    });
}
