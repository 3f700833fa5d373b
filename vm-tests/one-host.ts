import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a configuration that is another one with a single host left in it, and with keyrings where
 * the lab lays its own: the real keys of the cluster have no business in a test.
 *
 * @param directory gets the file.
 * @returns its path.
 */
export async function writeOneHost(
    config: string,
    host: string,
    directory: string,
): Promise<string> {
    const path = join(directory, 'boot.config.ts');
    await writeFile(
        path,
        `import whole from ${JSON.stringify(config)};

const { keyring: _, ...cluster } = whole.cluster;
const { keyring: __, ...host } = whole.hosts[${JSON.stringify(host)}];
export default { ...whole, cluster, hosts: { ${JSON.stringify(host)}: host } };
`,
    );
    return path;
}
