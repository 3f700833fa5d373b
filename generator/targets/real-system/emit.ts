import type { EmittedFile } from '../../model/emitted-file.ts';
import type { Host, Site } from '../../model/site.ts';
import { emitBootKey } from './boot-key.ts';
import { emitBootMount } from './boot-mount.ts';
import { emitPublishKernel } from './publish-kernel.ts';
import { emitUdevRules } from './udev-rules.ts';

/** What a boot directory needs in the root that not every system has. */
export const bootDirectoryPrograms = ['/usr/bin/linux-version'] as const;

/**
 * What the system on the image has besides what makes its initrd, whatever makes that.
 *
 * @param host absent where the files are for all hosts.
 */
export function emitRealSystem(site: Site, host?: Host): readonly EmittedFile[] {
    const directory = host?.bootDirectory;
    return [
        emitUdevRules(site),
        ...(host === undefined || directory === undefined
            ? []
            : [
                  ...emitBootMount(site, host, directory),
                  emitBootKey(site, directory),
                  ...emitPublishKernel(site),
              ]),
    ];
}
