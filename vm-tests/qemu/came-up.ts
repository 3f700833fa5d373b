import type { Observation } from '../journal.ts';

/** Whether this tells that the system on the image has been started: systemd, or the small one. */
export function cameUp({ source, text }: Observation): boolean {
    return (
        (source === 'guest' && text === 'multi-user') ||
        (source === 'console' && /systemd\[1\]: systemd \d|^small root: /.test(text))
    );
}
