/** Words that a shell reads as grammar where they stand bare (POSIX.1-2017, 2.4). */
export const reservedWords: ReadonlySet<string> = new Set([
    'case',
    'do',
    'done',
    'elif',
    'else',
    'esac',
    'fi',
    'for',
    'if',
    'in',
    'then',
    'until',
    'while',
    // not POSIX, but reserved in shells that a script may meet
    'function',
    'select',
    'time',
    'coproc',
    'namespace',
]);

/** Commands of the shell itself (POSIX.1-2017, 2.14, and the regular builtins of dash and busybox). */
export const builtinNames: ReadonlySet<string> = new Set([
    ...[
        'break',
        'continue',
        'eval',
        'exec',
        'exit',
        'export',
        'readonly',
        'return',
        'set',
        'shift',
    ],
    ...['times', 'trap', 'unset', 'alias', 'bg', 'cd', 'chdir', 'command', 'echo', 'false', 'fg'],
    ...['getopts', 'hash', 'help', 'history', 'jobs', 'kill', 'let', 'local', 'printf', 'pwd'],
    ...['read', 'source', 'test', 'true', 'type', 'ulimit', 'umask', 'unalias', 'wait'],
]);

/** Commands that read an argument as shell text: nothing of a script may go through them. */
export const evaluatorNames: ReadonlySet<string> = new Set([
    ...['eval', 'source', 'trap', 'alias', 'exec', 'sh', 'ash', 'dash', 'bash', 'ksh', 'mksh'],
    ...['zsh', 'hush', 'su', 'watch'],
]);
