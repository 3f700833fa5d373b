import fc from 'fast-check';

/** Every character of ASCII that a word can hold, and some of each kind beyond. */
const everyCharacter = [
    ...Array.from({ length: 127 }, (_, index) => String.fromCharCode(index + 1)),
    ...[
        '\u0080',
        '\u00a0',
        'é',
        'ß',
        '\u0301',
        '\u2028',
        '\ufeff',
        '\uffff',
        '日',
        '😀',
        '\u{10ffff}',
    ],
];

/** Characters with a meaning to some shell, more often than others. */
const metacharacters = [...'\'"\\$`!*?[]{}()<>|&;#~=%^,:@+- \t\n\r./0aZ_'];

const dangerous = [
    ...[
        '',
        ' ',
        '-',
        '--',
        '-n',
        '-e',
        '\\',
        '\\\\',
        "'",
        '"',
        '\n',
        '\n\n',
        '\\\n',
        '$',
        '`',
        '#',
    ],
    ...['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'in', 'do', 'done', 'while'],
    ...[
        'until',
        'function',
        'select',
        'time',
        'coproc',
        '!',
        '{',
        '}',
        '[',
        ']',
        '[[',
        ']]',
        '(',
        ')',
    ],
    ...['*', '?', '[a-z]', '[!a]', '/*', '~', '~root', 'a:~', '=', 'a=b', '=a', '%', '%%', '##'],
    ...['$HOME', '${HOME}', '$(reboot)', '`reboot`', '$((1+1))', '"$@"', '$1', '!!', '^a^b', '&1'],
    ...[
        '2',
        '1',
        '>&2',
        '> f',
        '<<EOF',
        'EOF',
        'EOFx',
        'EOFé',
        'Eé',
        'EO\u{10ffff}',
        '{a,b}',
        '@(a)',
        '+(a)',
        '\u0000'.slice(1),
    ],
    ...['%s', '%n', '%d\\n', '\\0', '\\c', '\\x41', "'\\''", "''", '""', ';;', '&&', '||', '\r\n'],
    ...['}', '\\}', "'}'", '"}"', 'a}b', '-a', '-o', '-eq', '-f', '=', '!=', '.', '..', 'é', '😀'],
];

const piece = fc.oneof(
    {
        weight: 4,
        arbitrary: fc.string({ unit: fc.constantFrom(...metacharacters), maxLength: 12 }),
    },
    {
        weight: 3,
        arbitrary: fc.string({ unit: fc.constantFrom(...everyCharacter), maxLength: 12 }),
    },
    { weight: 3, arbitrary: fc.constantFrom(...dangerous) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

/** Words that a careless quoter gets wrong; what a shell cannot hold is not among them. */
export const hostileWord: fc.Arbitrary<string> = fc
    .array(piece, { minLength: 1, maxLength: 3 })
    .map((pieces) => pieces.join('').replaceAll(/\0|\p{Surrogate}/gu, ''));

/** Each kind of word once, whatever the seed; the last ones are 4 KB long. */
export const hostileCorners: readonly string[] = [
    ...everyCharacter,
    ...everyCharacter.map((character) => `a${character}b`),
    ...dangerous,
    ...dangerous.map((text) => `${text}\n`),
    everyCharacter.join(''),
    everyCharacter.join('').repeat(29).slice(0, 4096),
    metacharacters.join('').repeat(100).slice(0, 4096),
    "'".repeat(4096),
];
