/** Where the command stands: alone, behind what ends a command, in what is expanded, in quotes. */
const contexts: readonly ((command: string) => string)[] = [
    (command) => command,
    (command) => `;${command}`,
    (command) => `x;${command};`,
    (command) => `|${command}`,
    (command) => `||${command}`,
    (command) => `&${command}&`,
    (command) => `&&${command}`,
    (command) => `\n${command}\n`,
    (command) => `x\n${command}`,
    (command) => `\r\n${command}\r\n`,
    (command) => `$(${command})`,
    (command) => `x$(${command})y`,
    (command) => `\`${command}\``,
    (command) => `"$(${command})"`,
    (command) => `";${command};"`,
    (command) => `';${command};'`,
    (command) => `"';${command};'"`,
    (command) => `'";${command};"'`,
    (command) => `\\";${command};\\"`,
    (command) => `\${x:=$(${command})}`,
    (command) => `\${x:-\`${command}\`}`,
    (command) => `$((a[$(${command})]))`,
    (command) => `a[$(${command})]`,
    (command) => `)${command};(`,
    (command) => `esac;${command};case x in x`,
    (command) => `fi;${command};if :;then :`,
    (command) => `}\n${command}\n{`,
    (command) => `*);;esac;${command}`,
    (command) => `x=1 ${command}`,
    (command) => `IFS=x;${command}`,
    (command) => `eval ${command}`,
    (command) => `\t${command}\t`,
    (command) => `\u000b${command}\u000c`,
    (command) => `{${command},}`,
    (command) => `<(${command})`,
    (command) => `%s;${command}%n`,
];

/** What else goes wrong where data is not data: patterns, formats, options, paths, sizes, bytes. */
const others: readonly string[] = [
    ...['', ' ', '  ', '\t', '\n', '\\', '\\\n', "'", '"', '`', '$', '#', '!', '~', '~root', '*'],
    ...['?', '[', ']', '[!]', '[a-z]*', '{a,b}', '../../canary', '/canary', '/../canary', './-n'],
    ...['-n', '-e', '-c', '--', '-', '--help', '-eq', '!', '(', ')', '=', '==', '!=', '-o', '-a'],
    ...['%s%s%s%n', '%d', '%', '\\0101', '\\c', '\\x41', '$1', '$@', '$$', '$PATH', '${PATH}'],
    ...['0x10', '010', '-1', '99999999999999999999', '1e9', '1+1', 'a', '00:00:00:00:00:00'],
    ...['\u0001', '\u0007', '\u001b[2J', '\u001b]0;canary\u0007', '\u007f', '\b\b\bcanary'],
    ...['é', '日本', '😀', '\u202ecanary', '\u00a0', '\ufeff', '\u0300', '\u2028'],
    ...['x'.repeat(4096), "'".repeat(4096), '$('.repeat(2048), `${'../'.repeat(1365)}c`],
    ...['*/'.repeat(2048), '\\'.repeat(4096), '"$(canary)"'.repeat(372), ':'.repeat(4096)],
];

function made(): readonly string[] {
    const commands = ['canary', '>/canary', 'canary;canary', 'exec canary'];
    const all = [
        ...others,
        ...commands.flatMap((command) => contexts.map((place) => place(command))),
    ];
    const distinct = [...new Set(all)];
    // Past these, the ones that are left are the same attacks with a third command.
    return distinct.slice(0, 200);
}

/**
 * 200 texts that make a shell run `canary`, or write a file of that name, when it evaluates them in
 * one way or another: as a script, in quotes of each kind, as a pattern, a format, an option, a number
 * or a path. For what arrives at boot, which no script may evaluate.
 */
export const hostileValues: readonly string[] = Object.freeze(made());
