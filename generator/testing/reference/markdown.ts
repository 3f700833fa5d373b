/** The first lines of every page, so that nobody edits one by hand. */
export function pageHead(title: string, madeOf: string): string {
    return `# ${title}\n\n<!-- Made by "make reference" of ${madeOf}: change that. -->\n`;
}

/** A table; what would end a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) =>
        `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |\n`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

export function code(text: string): string {
    return `\`${text}\``;
}
