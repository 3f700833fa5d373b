/** One deliberate mistake: the text stands once in the file, and is replaced. */
export interface Mutation {
    readonly name: string;
    /** In generator/sh. */
    readonly file: string;
    readonly from: string;
    readonly to: string;
}

function mutation(name: string, file: string, from: string, to: string): Mutation {
    return { name, file: `${file}.ts`, from, to };
}

/** What a careless change to the shell core could look like. */
export const mutations: readonly Mutation[] = [
    // quoting
    mutation(
        'a quote in a word is not escaped',
        'quote',
        `text.replaceAll("'", "'\\\\''")`,
        'text',
    ),
    mutation('a ~ stands bare', 'quote', '[A-Za-z0-9_@%+:,./=-]*$/', '[A-Za-z0-9_@%+:,./=~-]*$/'),
    mutation('a * stands bare', 'quote', '[A-Za-z0-9_@%+:,./-][', '[A-Za-z0-9_@%+:,./*-]['),
    mutation('a = begins a bare word', 'quote', '[A-Za-z0-9_@%+:,./-][', '[A-Za-z0-9_@%+:,./=-]['),
    mutation('reserved words stand bare', 'quote', ' && !reservedWords.has(text)', ''),
    mutation('a line break ends the check of a word', 'quote', './=-]*$/.test', './=-]*$/m.test'),
    mutation(
        'an empty word vanishes',
        'quote',
        '[A-Za-z0-9_@%+:,./=-]*$/.test(text) &&',
        '[A-Za-z0-9_@%+:,./=-]*$|^$/.test(text) &&',
    ),
    mutation('a NUL byte passes', 'quote', "if (text.includes('\\0'))", 'if (false)'),
    mutation('half a surrogate pair passes', 'quote', '/\\p{Surrogate}/u.test(text)', 'false'),
    mutation('a $ in double quotes expands', 'quote', '/[$`"\\\\]/g', '/[`"\\\\]/g'),
    mutation('a backquote in double quotes runs', 'quote', '/[$`"\\\\]/g', '/[$"\\\\]/g'),
    mutation('a backslash in double quotes vanishes', 'quote', '/[$`"\\\\]/g', '/[$`"]/g'),
    mutation('a $ in a here-document expands', 'quote', '/[$`\\\\]/g', '/[`\\\\]/g'),
    mutation(
        'a sign in ${x#…} stays a pattern',
        'quote',
        '[^A-Za-z0-9_@%+:,./= -]+',
        '[^A-Za-z0-9_@%+:,./= *-]+',
    ),
    mutation(
        'a line break in ${x#…} is a continuation',
        'quote',
        '/^[!-~]$/.test(one)',
        'one.length === 1',
    ),
    mutation('a reserved word is forgotten', 'reserved-words', "    'esac',\n", ''),

    // words
    mutation(
        'an expansion is not quoted',
        'print-word',
        '`"${printParts(word, escapeInDoubleQuotes)}"`',
        'printParts(word, escapeInDoubleQuotes)',
    ),
    mutation(
        'text in double quotes is not escaped',
        'print-word',
        'printParts(word, escapeInDoubleQuotes)',
        'printParts(word, (text) => text)',
    ),
    mutation(
        'a name runs into the text behind it',
        'print-word',
        '/^[A-Za-z0-9_[]/',
        '/^[A-Za-z_[]/',
    ),
    mutation(
        'parentheses are dropped',
        'print-word',
        ': `(${printArithmetic(operand)})`',
        ': printArithmetic(operand)',
    ),
    mutation(
        'the longest prefix is the shortest',
        'print-word',
        "printPatternBehind('##'",
        "printPatternBehind('#'",
    ),
    mutation(
        'a suffix is a prefix',
        'print-word',
        "printPatternBehind('%%'",
        "printPatternBehind('##'",
    ),
    mutation('a default is an alternative', 'print-word', ':-${', ':+${'),
    mutation('a brace ends a default', 'print-word', "        .replaceAll('}', '\\\\}')\n", ''),
    mutation(
        'bash starts a process in a default',
        'print-word',
        '        .replaceAll(/[<>](?=\\()/g, \'$&""\')',
        '',
    ),
    mutation('a length is a value', 'print-word', '`#${name}`', 'name'),
    mutation(
        '% becomes %% before a pattern',
        'print-pattern',
        'text.startsWith(operator.charAt(0))',
        'false',
    ),
    mutation('an empty pattern vanishes', 'print-pattern', "quoteLiteral('')", "''"),
    mutation(
        'a pattern matches a variable as a pattern',
        'print-pattern',
        '`"$${part.parameter.name}"`',
        '`$${part.parameter.name}`',
    ),
    mutation(
        'a negated bracket is not',
        'print-pattern',
        "part.negated ? '!' : ''",
        "part.negated ? '' : ''",
    ),
    mutation('a pattern is not quoted', 'print-pattern', ': quoteLiteral(text)', ': text'),
    mutation(
        'brackets take any sign',
        'pattern',
        '/^[A-Za-z0-9_/%-][A-Za-z0-9_.:/%-]*$/.test(characters)',
        'true',
    ),
    mutation(
        'texts of a word are not joined',
        'word',
        "part.kind === 'text' && last?.kind === 'text'",
        'false',
    ),

    // commands and statements
    mutation(
        'redirects are lost',
        'print-command',
        '        ...command.redirects.map(printRedirect),\n',
        '',
    ),
    mutation(
        'a file to append to is overwritten',
        'print-command',
        "redirect.append ? '>>' : '>'",
        "'>'",
    ),
    mutation(
        'the target of a redirect is not quoted',
        'print-command',
        '`< ${printWord(redirect.file)}`',
        "`< ${redirect.file.parts.map((part) => part.kind === 'text' ? part.text : '').join('')}`",
    ),
    mutation(
        '2>&1 is >&1',
        'print-command',
        "`${redirect.descriptor === 1 ? '' : redirect.descriptor}>&",
        '`>&',
    ),
    mutation(
        'a here-document of data expands',
        'print-command',
        "isData ? `'${delimiter}'` : delimiter",
        'delimiter',
    ),
    mutation('a here-document ends early', 'print-command', 'length === -1 || ', ''),
    mutation(
        'dash loses a byte of a here-document',
        'print-command',
        ' || (length > 0 && line.charCodeAt(length) > 0x7f)',
        '',
    ),
    mutation('data is the format of printf', 'print-command', "['printf', '%s']", "['printf']"),
    mutation(
        'a line is the format of printf',
        'print-statement',
        "`printf '%s\\\\n' ${",
        '`printf ${',
    ),
    mutation('a failure is not ignored', 'print-policy', ' || :${below}', '${below}'),
    mutation('a handler runs on success', 'print-policy', '` || ${handler', '` && ${handler'),
    mutation('a long handler runs on success', 'print-policy', ' || {${below}', ' && {${below}'),
    mutation(
        'the rest of a handler always runs',
        'print-policy',
        'others.length === 0 &&',
        '(others.length === 0 || true) &&',
    ),
    mutation('all is any', 'print-condition', "kind === 'all' ? '&&' : '||'", "'||'"),
    mutation(
        'any in all has no braces',
        'print-condition',
        '`{ ${printCondition(condition)}; }`',
        'printCondition(condition)',
    ),
    mutation(
        'not is forgotten',
        'print-condition',
        '`! ${printOperand(condition.condition)}`',
        'printOperand(condition.condition)',
    ),
    mutation('a body can be empty', 'print-statement', "[...lines, ':']", 'lines'),
    mutation(
        'an elif is an else',
        'print-statement',
        "...printIf('elif', next)",
        "'else', ...indent([...printIf('if', next)])",
    ),
    mutation(
        'the else is lost',
        'print-statement',
        "[...head, 'else', ...indent(printBody(otherwise))]",
        'head',
    ),
    mutation('fields are globbed', 'print-statement', "['set -f', ...loop(", "['set +f', ...loop("),
    mutation('globbing stays off', 'print-statement', "['set +f']", '[]'),
    mutation(
        'until is while',
        'print-statement',
        'printClause(statement.kind, ',
        "printClause('while', ",
    ),
    mutation('read takes backslashes for its own', 'print-statement', 'read -r', 'read'),
    mutation('read strips white space', 'print-statement', 'IFS= read', 'read'),
    mutation(
        'an arm falls through',
        'print-statement',
        "[head, ...indent([...lines, ';;'])]",
        '[head, ...indent([...lines])]',
    ),
    mutation('a comment can end', 'print-lines', '/\\p{Cc}|\\p{Surrogate}/u.test(line)', 'false'),
    mutation('a continued line is not', 'print-lines', "? ' \\\\' : ''", "? '' : ''"),
    mutation(
        'literals are indented',
        'print-lines',
        'indentation + line',
        "indentation + line.replaceAll('\\n', '\\n    ')",
    ),

    // functions, names, walks
    mutation(
        'a local begins with the value of the caller',
        'print',
        "`${local.name}=''`",
        'local.name',
    ),
    mutation('a function is printed twice', 'print', 'before === undefined ? lines : []', 'lines'),
    mutation(
        'two functions have one name',
        'print',
        'before !== undefined && before !== text',
        'false',
    ),
    mutation(
        'what calls stands before what is called',
        'walk',
        '                    enter(command.function.body);\n                    visitor.function?.(command.function);',
        '                    visitor.function?.(command.function);\n                    enter(command.function.body);',
    ),
    mutation('handlers are not walked', 'walk-body', "onFailure.kind === 'handle'", 'false'),
    mutation('a kept status is no assignment', 'walk-body', "onFailure.kind === 'keep'", 'false'),
    mutation(
        'one arm alone is walked',
        'walk-body',
        'of statement.arms)',
        'of statement.arms.slice(0, 1))',
    ),
    mutation(
        'the else is not walked',
        'walk-body',
        '            walkStatements(statement.otherwise, visitor, place);\n',
        '',
    ),
    mutation(
        'redirects are not walked',
        'walk-body',
        '    walkRedirects(command.redirects, visitor);\n',
        '',
    ),
    mutation(
        'a name is given out twice',
        'names',
        'const name = take(hint, everything);',
        'const name = take(hint);',
    ),
    mutation('a local hides a global', 'names', 'take(hint, globals, own)', 'take(hint, own)'),
    mutation('a name of the initramfs is taken', 'names', '[taken, ...avoid]', '[...avoid]'),
    mutation('a name is not checked', 'names', '!/^[a-z_][a-z0-9_]*$/.test(hint)', 'false'),
    mutation(
        'a variable is not checked',
        'function',
        "!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '_'",
        'false',
    ),
    mutation(
        'a program is not checked',
        'program',
        '!/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name)',
        'false',
    ),
    mutation('a program reads shell text', 'program', 'evaluatorNames.has(name)', 'false'),
    mutation('a script is not checked', 'print', '    checkScript(script);\n', ''),
    mutation(
        'set -e without effect passes',
        'check',
        'place.tested && needsStopOnError(called)',
        'false',
    ),
    mutation(
        'a lost assignment passes',
        'check',
        'place.subshell ? setsShared(called) : undefined',
        'undefined',
    ),
    mutation(
        'a hidden variable passes',
        'check',
        '.find((one) => locals.has(one.name));\n    if (hidden',
        '.find(() => false);\n    if (hidden',
    ),
];
