import { firstColumn } from '../config/first-column.ts';
import { loadSite } from '../config/load.ts';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import type { Site } from '../model/site.ts';
import { emitInitramfsTools } from '../targets/initramfs-tools/emit.ts';
import { subjectsOf } from './subject.ts';

/**
 * Everything that can be said of a configuration without a machine: it is read, and its plans built.
 *
 * @param text in place of what the file holds: for a change that is not written yet.
 */
export async function checkSite(file: string, text?: string): Promise<Outcome<Site>> {
    const site = await loadSite(file, text);
    if (!site.ok) {
        return site;
    }
    // What is wrong with a plan shows when it is built.
    const faults = subjectsOf(site.value).flatMap((subject) => {
        const plan = emitInitramfsTools(site.value, subject);
        return plan.ok ? [] : plan.diagnostics.map(atFirstColumn);
    });
    return faults.length > 0 ? failure(...faults) : success(site.value);
}

function atFirstColumn(diagnostic: Diagnostic): Diagnostic {
    const { location } = diagnostic;
    if (location === undefined) {
        return diagnostic;
    }
    const column = firstColumn(location.file, location.line);
    return { ...diagnostic, location: { ...location, column } };
}
