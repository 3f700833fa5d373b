/** Where a run is shown: a terminal, or a log that is read afterwards. */
export interface Screen {
    /** A line that stays. */
    readonly line: (text: string, how: 'plain' | 'good' | 'bad') => void;
    /** What holds at this moment: the last line of a terminal. A log has none. */
    readonly status: (text: string) => void;
    /** Takes the last line away. */
    readonly clear: () => void;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const colours = { plain: '', good: '\u001b[32m', bad: '\u001b[31m' };
const eraseLine = '\r\u001b[2K';

/** @param environment `NO_COLOR` takes the colours away (no-color.org). */
export function openScreen(
    stream: Stream,
    environment: Readonly<Record<string, string | undefined>> = process.env,
): Screen {
    if (!stream.isTTY) {
        return {
            line: (text) => {
                stream.write(`${text}\n`);
            },
            status: () => {},
            clear: () => {},
        };
    }
    const plain = (environment.NO_COLOR ?? '') !== '';
    let status = '';
    const show = (text: string) => stream.write(`${eraseLine}${text}`);
    return {
        line: (text, how) => {
            const colour = plain ? '' : colours[how];
            show(`${colour}${text}${colour === '' ? '' : '\u001b[0m'}\n`);
            stream.write(status);
        },
        status: (text) => {
            // A line that is wider than the terminal could not be taken away again.
            status = text.slice(0, Math.max((stream.columns ?? 80) - 1, 10));
            show(status);
        },
        clear: () => {
            status = '';
            show('');
        },
    };
}
