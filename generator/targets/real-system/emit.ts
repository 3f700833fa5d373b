import type { EmittedFile } from '../../model/emitted-file.ts';
import type { Site } from '../../model/site.ts';
import { emitUdevRules } from './udev-rules.ts';

/** What the system on the image has besides what makes its initrd, whatever makes that. */
export function emitRealSystem(site: Site): readonly EmittedFile[] {
    return [emitUdevRules(site)];
}
