import type { DescribedKey, PublicInterface } from '../../typescript/reference.ts';
import { code, pageHead, table } from './markdown.ts';

/** What a configuration is made of: interface and title, from the outside in. */
const tables = [
    ['BootSpec', 'The configuration'],
    ['ClusterSpec', 'cluster'],
    ['HostSpec', 'A host'],
    ['StaticAddressSpec', 'address of a host'],
    ['BondSpec', 'bond of a host'],
    ['BootDirectorySpec', 'bootDirectory of a host'],
    ['MapOptionValues', 'mapOptions of a host'],
] as const;

export function configurationPage(exported: PublicInterface): string {
    const sections = tables.map(([name, title]) => {
        const { summary, keys } = exported.describe(name);
        const rows = keys.map((key) => [
            code(key.name),
            code(key.type),
            defaultOf(key),
            key.meaning,
        ]);
        return `\n## ${title}\n\n${summary}\n\n${table(['Key', 'Type', 'Default', 'Meaning'], rows)}`;
    });
    const head = pageHead('Configuration', 'the comments in generator/config/spec.ts');
    return `${head}\nA configuration is a TypeScript file that exports \`defineBoot({ … })\` as its default. In an editor\neach key shows its text from here.\n${sections.join('')}`;
}

function defaultOf({ required, defaultValue }: DescribedKey): string {
    return required ? 'required' : (defaultValue ?? 'none');
}
