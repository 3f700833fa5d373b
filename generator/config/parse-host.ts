import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import {
    type BootDirectory,
    parseDirectoryPath,
    parseFileSystemName,
} from '../model/boot-directory.ts';
import { type FailurePolicy, parseRebootDelay } from '../model/failure-policy.ts';
import { parseImageReference } from '../model/image-reference.ts';
import { parseKernelArgument } from '../model/kernel-argument.ts';
import { parseMacAddress } from '../model/mac-address.ts';
import { parseMachineUuid } from '../model/machine-uuid.ts';
import { type MapOption, parseMapOption } from '../model/map-option.ts';
import type { MapOptionName } from '../model/map-options.ts';
import { parseModuleName } from '../model/module-name.ts';
import { parseMountOption } from '../model/mount-option.ts';
import { parseClientName, parseHostName } from '../model/names.ts';
import type { Host } from '../model/site.ts';
import { parseConnection } from './parse-connection.ts';
import { parseLuks } from './parse-luks.ts';
import { parseOverlay, parseRootLocation } from './parse-root.ts';
import type { Problem } from './problem.ts';
import type { CheckedSpec } from './schema.ts';
import { take, takeAll } from './take.ts';

type CheckedHost = CheckedSpec['hosts'][string];

/** What the cluster says of the user, for hosts that do not say it themselves. */
export interface DefaultUser {
    readonly client: Host['client'] | undefined;
    /** The absolute path of a host's keyring. @param named what the host says, if anything. */
    readonly keyring: (
        client: Host['client'],
        path: ConfigPath,
        named: string | undefined,
    ) => string;
    /** The absolute path of a file that the configuration names. */
    readonly resolveFile: (file: string) => string;
}

/** Reads one host, or says everything that is wrong with its values. */
export function parseHost(
    key: string,
    spec: CheckedHost,
    problems: Problem[],
    user: DefaultUser,
): Host | undefined {
    const at = (...rest: ConfigPath): ConfigPath => ['hosts', key, ...rest];
    const name = take(problems, at(), key, parseHostName, 'key');
    const mac = take(problems, at('mac'), spec.mac, parseMacAddress);
    const uuid =
        spec.uuid === undefined
            ? undefined
            : take(problems, at('uuid'), spec.uuid, parseMachineUuid);
    const image = take(problems, at('image'), spec.image, parseImageReference);
    const client =
        spec.client === undefined
            ? user.client
            : take(problems, at('client'), spec.client, parseClientName);
    const nicModules = takeAll(problems, at('nicModules'), spec.nicModules, parseModuleName);
    const kernelArguments = takeAll(
        problems,
        at('kernelArguments'),
        spec.kernelArguments,
        parseKernelArgument,
    );
    const rootFlags = takeAll(problems, at('rootFlags'), spec.rootFlags, parseMountOption);
    const rootLocation = parseRootLocation(spec, at, problems);
    const overlay = parseOverlay(spec.overlay, at('overlay'), problems);
    const mapOptions = parseMapOptions(spec.mapOptions, at('mapOptions'), problems);
    const luks = parseLuks(spec.luks, at('luks'), problems, user.resolveFile);
    const onFailure = parseFailurePolicy(spec.onFailure, at('onFailure'), problems);
    const bootDirectory = parseBootDirectory(spec, at(), problems, { ...user, client });
    const connection = parseConnection(spec, mac, at, problems);
    if (
        name === undefined ||
        mac === undefined ||
        image === undefined ||
        client === undefined ||
        connection === undefined
    ) {
        return undefined;
    }
    return {
        name,
        mac,
        ...(uuid === undefined ? {} : { uuid }),
        image,
        fileSystem: spec.filesystem,
        rootFlags,
        fsck: spec.fsck ?? 'auto',
        ...connection,
        ...(rootLocation === undefined ? {} : { rootLocation }),
        ...(overlay === undefined ? {} : { overlay }),
        client,
        keyring: user.keyring(client, at('keyring'), spec.keyring),
        nicModules,
        kernelArguments,
        ...(spec.mapOptions === undefined ? {} : { mapOptions }),
        ...(spec.features === undefined ? {} : { features: spec.features }),
        ...(luks === undefined ? {} : { luks }),
        ...(onFailure === undefined ? {} : { onFailure }),
        ...(bootDirectory === undefined ? {} : { bootDirectory }),
        ...(spec.plan === undefined ? {} : { plan: spec.plan }),
    };
}

function parseFailurePolicy(
    spec: CheckedHost['onFailure'],
    path: ConfigPath,
    problems: Problem[],
): FailurePolicy | undefined {
    if (spec === undefined) {
        return undefined;
    }
    if (typeof spec === 'string') {
        return { kind: spec };
    }
    const after = take(problems, [...path, 'reboot'], spec.reboot, parseRebootDelay);
    return after === undefined ? undefined : { kind: 'reboot', after };
}

function parseMapOptions(
    spec: CheckedHost['mapOptions'],
    path: ConfigPath,
    problems: Problem[],
): readonly MapOption[] {
    return Object.entries(spec ?? {}).flatMap(([key, value]) => {
        const name = key as MapOptionName;
        const option =
            value === undefined
                ? undefined
                : take(problems, [...path, name], value, (given) => parseMapOption(name, given));
        return option === undefined ? [] : [option];
    });
}

/** @param user of the host itself. */
function parseBootDirectory(
    { bootDirectory: spec, keyring }: CheckedHost,
    host: ConfigPath,
    problems: Problem[],
    user: DefaultUser,
): BootDirectory | undefined {
    if (spec === undefined) {
        return undefined;
    }
    const at = (key: string): ConfigPath => [...host, 'bootDirectory', key];
    const fileSystem = take(problems, at('cephfs'), spec.cephfs, parseFileSystemName);
    const path = take(problems, at('path'), spec.path, parseDirectoryPath);
    const client =
        spec.client === undefined
            ? user.client
            : take(problems, at('client'), spec.client, parseClientName);
    if (fileSystem === undefined || path === undefined || client === undefined) {
        return undefined;
    }
    const named = spec.keyring ?? (client === user.client ? keyring : undefined);
    return { fileSystem, path, client, keyring: user.keyring(client, at('keyring'), named) };
}
