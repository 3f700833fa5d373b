/** What a document of YAML is made of. */
export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
    readonly number: number;
    readonly indent: number;
    readonly text: string;
}

/**
 * Reads the YAML that workflows here are written in: maps, lists, plain and quoted scalars, blocks
 * with `|`, comments. What is none of that, such as an anchor, a flow or a tab, is an error, so nothing
 * is read in another way than a real reader of YAML would. All scalars are strings.
 *
 * @throws Error with the line.
 */
export function readYaml(text: string): Yaml {
    const lines = text.split('\n').map(
        (line, index): Line => ({
            number: index + 1,
            indent: line.length - line.trimStart().length,
            text: line.trimEnd(),
        }),
    );
    const reader = { lines, at: 0 };
    const value = readValue(reader, 0);
    const rest = peek(reader);
    if (rest !== undefined) {
        throw wrong(rest, 'nothing belongs here');
    }
    return value;
}

interface Reader {
    readonly lines: readonly Line[];
    at: number;
}

function peek(reader: Reader): Line | undefined {
    let line = reader.lines[reader.at];
    while (line !== undefined && /^\s*(#.*)?$/.test(line.text)) {
        reader.at += 1;
        line = reader.lines[reader.at];
    }
    if (line?.text.includes('\t')) {
        throw wrong(line, 'a tab');
    }
    return line;
}

function readValue(reader: Reader, indent: number): Yaml {
    const line = peek(reader);
    if (line === undefined || line.indent < indent) {
        return '';
    }
    return line.text.slice(line.indent).startsWith('- ')
        ? readList(reader, line.indent)
        : readMap(reader, line.indent);
}

function readList(reader: Reader, indent: number): readonly Yaml[] {
    const values: Yaml[] = [];
    for (let line = peek(reader); line !== undefined; line = peek(reader)) {
        const content = line.text.slice(line.indent);
        if (line.indent !== indent || !content.startsWith('- ')) {
            break;
        }
        if (/^- [\w-]+:(?: |$)/.test(content)) {
            // The map begins behind the dash, and goes on below it.
            const inner = { ...line, indent: indent + 2, text: line.text.replace('- ', '  ') };
            (reader.lines as Line[])[reader.at] = inner;
            values.push(readMap(reader, indent + 2));
        } else {
            values.push(readScalar(line, content.slice(2)));
            reader.at += 1;
        }
    }
    return values;
}

function readMap(reader: Reader, indent: number): { readonly [key: string]: Yaml } {
    const map: { [key: string]: Yaml } = {};
    for (
        let line = peek(reader);
        line !== undefined && line.indent === indent;
        line = peek(reader)
    ) {
        const found = /^(?<key>[\w-]+):(?: (?<value>.*))?$/.exec(line.text.slice(indent))?.groups;
        const key = found?.key;
        if (key === undefined || Object.hasOwn(map, key)) {
            throw wrong(line, key === undefined ? 'no key' : `${key} is there twice`);
        }
        reader.at += 1;
        const value = found?.value ?? '';
        if (value === '|') {
            map[key] = readBlock(reader, indent);
        } else {
            map[key] = value === '' ? readValue(reader, indent + 1) : readScalar(line, value);
        }
    }
    return map;
}

function readBlock(reader: Reader, indent: number): string {
    const lines: string[] = [];
    let line = reader.lines[reader.at];
    const inner = line?.indent ?? 0;
    while (line !== undefined && (line.text === '' || line.indent > indent)) {
        lines.push(line.text.slice(inner));
        reader.at += 1;
        line = reader.lines[reader.at];
    }
    return `${lines.join('\n').trimEnd()}\n`;
}

function readScalar(line: Line, text: string): string {
    const quoted = /^'(?<inner>(?:[^']|'')*)'(?: #.*)?$/.exec(text)?.groups?.inner;
    if (quoted !== undefined) {
        return quoted.replaceAll("''", "'");
    }
    const plain = text.replace(/ #.*$/, '');
    if (/^[[\]{}&*!>%@`"'|]|: /.test(plain)) {
        throw wrong(line, `${plain} means something that is not read here`);
    }
    return plain;
}

function wrong({ number, text }: Line, what: string): Error {
    return new Error(`line ${number}: ${what}: ${text.trim()}`);
}
