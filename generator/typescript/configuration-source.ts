import type { ConfigPath, Diagnostic, Location } from '../diagnostics/diagnostic.ts';
import { checkConfigProject } from './check.ts';
import { locate } from './locate.ts';
import { openConfigProject } from './project.ts';

/** A configuration file as text: what the compiler says of it, and where its values stand. */
export interface ConfigurationSource {
    check(): readonly Diagnostic[];
    locate(path: ConfigPath, part: 'key' | 'value'): Location;
}

/** @see openConfigProject for the parameters. */
export function openConfigurationSource(
    file: string,
    types: string,
    text?: string,
): ConfigurationSource {
    const config = openConfigProject(file, types, text);
    return Object.freeze({
        check: () => checkConfigProject(config, types),
        locate: (path: ConfigPath, part: 'key' | 'value') => locate(config.source, path, part),
    });
}
