/** An element of XML, as far as reports have it. */
export interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: readonly Element[];
    /** Its own text, without that of its children. */
    readonly text: string;
}

const piece =
    /<\?xml [^?]*\?>|<\/(?<closes>[\w-]+)>|<(?<opens>[\w-]+)(?<given>(?: [\w-]+="[^"<]*")*)(?<empty>\/?)>|(?<text>[^<]+)/y;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/**
 * Reads XML strictly, as a reader of reports does: every element closed, every `&` an entity, no
 * character that XML 1.0 does not have.
 *
 * @throws Error with where it is not well-formed.
 */
export function readXml(document: string): Element {
    const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(document);
    if (forbidden !== null) {
        throw new Error(`a character that XML has not, at ${forbidden.index}`);
    }
    type Open = { -readonly [Key in keyof Element]: Element[Key] } & { children: Element[] };
    const root: Open = { name: '', attributes: {}, children: [], text: '' };
    const open = [root];
    piece.lastIndex = 0;
    while (piece.lastIndex < document.length) {
        const at = piece.lastIndex;
        const found = piece.exec(document)?.groups;
        const parent = open.at(-1);
        if (found === undefined || parent === undefined) {
            throw new Error(`no well-formed XML at ${at}: ${document.slice(at, at + 60)}`);
        }
        if (found.text !== undefined) {
            parent.text += decode(found.text);
        } else if (found.closes !== undefined) {
            if (parent.name !== found.closes) {
                throw new Error(`</${found.closes}> closes <${parent.name}> at ${at}`);
            }
            open.pop();
        } else if (found.opens !== undefined) {
            const attributes = readAttributes(found.given ?? '');
            const element: Open = { name: found.opens, attributes, children: [], text: '' };
            parent.children.push(element);
            if (found.empty === '') {
                open.push(element);
            }
        }
    }
    const [only, ...others] = root.children;
    if (open.length !== 1 || only === undefined || others.length > 0 || root.text.trim() !== '') {
        throw new Error('a document is one element, which is closed');
    }
    return only;
}

function readAttributes(text: string): Readonly<Record<string, string>> {
    const pairs = [...text.matchAll(/ (?<name>[\w-]+)="(?<value>[^"]*)"/g)];
    const names = new Set(pairs.map(({ groups }) => groups?.name));
    if (names.size !== pairs.length) {
        throw new Error(`an attribute is there twice:${text}`);
    }
    return Object.fromEntries(
        pairs.map(({ groups }) => [groups?.name, decode(groups?.value ?? '')]),
    );
}

function decode(text: string): string {
    return text.replace(/&(?:#(?<code>\d+)|(?<name>\w+));|&/g, (whole, code, name) => {
        const decoded = code === undefined ? entities[name] : String.fromCodePoint(Number(code));
        if (decoded === undefined) {
            throw new Error(`no entity: ${whole}`);
        }
        return decoded;
    });
}
