import { onlyFileSystem } from '../model/mount-option.ts';
import type { Host, Site } from '../model/site.ts';
import type { Problem } from './problem.ts';

type Check = (site: Omit<Site, 'source'>) => readonly Problem[];

/** What the settings of a host's root say together: one function a check, in no order. */
export const rootChecks: readonly Check[] = Object.freeze([optionOfOther, forcedCheck]);

/** The keys of a root that are baked into the scripts, with their values as text to compare. */
export const rootSettings: Readonly<Record<string, (host: Host) => string>> = Object.freeze({
    filesystem: ({ fileSystem }: Host) => fileSystem,
    rootFlags: ({ rootFlags }: Host) => rootFlags.join(),
    fsck: ({ fsck }: Host) => fsck,
});

function optionOfOther({ hosts }: Parameters<Check>[0]): readonly Problem[] {
    return hosts.flatMap(({ name, fileSystem, rootFlags }) =>
        rootFlags.flatMap((option, index) => {
            const only = onlyFileSystem(option);
            return only === undefined || only === fileSystem
                ? []
                : ({
                      code: 'RB131',
                      message: `${option} is an option of ${only}, and the root of ${name} is ${fileSystem}`,
                      hint: `leave it out, or write filesystem: '${only}'`,
                      path: ['hosts', name, 'rootFlags', index],
                      part: 'value',
                  } as const);
        }),
    );
}

/** e2fsck checks ext4; the tools of xfs and btrfs are for a person who looks at what they say. */
function forcedCheck({ hosts }: Parameters<Check>[0]): readonly Problem[] {
    return hosts
        .filter(({ fsck, fileSystem }) => fsck === 'force' && fileSystem !== 'ext4')
        .map(({ name, fileSystem }) => ({
            code: 'RB131',
            message: `the root of ${name} is ${fileSystem}, which no program checks before it is mounted`,
            hint: `leave "fsck" out: ${fileSystem} replays its log when it is mounted`,
            path: ['hosts', name, 'fsck'],
            part: 'value',
        }));
}
