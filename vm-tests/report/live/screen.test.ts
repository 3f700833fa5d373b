import { describe, expect, it } from 'vitest';
import { openScreen } from './screen.ts';

function screen(isTTY: boolean, environment = {}) {
    let written = '';
    const stream = {
        isTTY,
        columns: 20,
        write: (text: string | Uint8Array) => {
            written += text.toString();
            return true;
        },
    };
    return { ...openScreen(stream, environment), written: () => written };
}

describe('where a run is shown', () => {
    it('is in a log line after line, without colours and without what holds for a moment', () => {
        const log = screen(false);
        log.line('H01 passed', 'good');
        log.status('1 of 2 done');
        log.clear();
        expect(log.written()).toBe('H01 passed\n');
    });

    it('keeps what holds at the end of a terminal, no wider than that is', () => {
        const terminal = screen(true);
        terminal.status('1 of 2 done, and much more to say');
        terminal.line('F16 failed', 'bad');
        expect(terminal.written()).toBe(
            '\r\u001b[2K1 of 2 done, and mu' +
                '\r\u001b[2K\u001b[31mF16 failed\u001b[0m\n1 of 2 done, and mu',
        );
    });

    it('has no colours where nobody wants them', () => {
        const terminal = screen(true, { NO_COLOR: '1' });
        terminal.line('F16 failed', 'bad');
        expect(terminal.written()).toBe('\r\u001b[2KF16 failed\n');
    });
});
