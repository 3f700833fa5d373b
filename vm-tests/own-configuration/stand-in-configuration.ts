/** What a host of the stand-in configuration has otherwise than the one of the user. */
export interface HostChanges {
    readonly luks?: { readonly keyFile: string };
    readonly kernelArguments?: readonly string[];
    readonly nicModules?: readonly string[];
}

export interface ConfigurationChanges {
    /** The hosts that are tried, by name. */
    readonly hosts: Readonly<Record<string, HostChanges>>;
    /** The monitors that run in the lab, as a configuration writes them. */
    readonly monitors: readonly string[];
}

/**
 * A configuration that is another one with some of its hosts left, and with keyrings where the lab lays
 * its own: the real keys of the cluster have no business in a test.
 *
 * @param config absolute path of the other one, which it imports: functions in it stay what they are.
 * @param mark what the initrds depend on besides what is written here.
 */
export function printStandIn(
    config: string,
    { hosts, monitors }: ConfigurationChanges,
    mark: string,
): string {
    const shown = (value: unknown) => JSON.stringify(value, undefined, 4);
    return `// What "rbdboot vm-test" boots: the configuration that is imported, as far as a test has it.
// ${mark}
import whole from ${shown(config)};

const given: any = whole;
const changes: Record<string, object> = ${shown(hosts)};

const withoutKeyring = ({ keyring: _, ...rest }: any) => rest;
const hostOf = (name: string) => {
    // The lab has no CephFS for it.
    const { bootDirectory: _, ...host } = withoutKeyring(given.hosts[name]);
    return { ...host, ...changes[name] };
};

export default {
    ...given,
    cluster: { ...withoutKeyring(given.cluster), monitors: ${shown(monitors)} },
    hosts: Object.fromEntries(Object.keys(changes).map((name) => [name, hostOf(name)])),
} as any;
`;
}
