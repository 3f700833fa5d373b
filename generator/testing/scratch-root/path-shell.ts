import { readFileSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';

/**
 * Writes a busybox that is nothing but a shell, which takes its programs from PATH.
 *
 * The busybox of an initramfs does that. Debian's busybox-static, which a scratch root can run
 * without libraries, prefers its own applets (FEATURE_SH_STANDALONE): a recorder in PATH would
 * never be called. So the copy gets a table of applets in which only `sh` has its name.
 */
export async function writePathShell(file: string): Promise<void> {
    const { stdout: where } = await execa('sh', ['-c', 'command -v busybox']);
    const { stdout: list } = await execa(where, ['--list']);
    const binary = readFileSync(where);
    const table = Buffer.from(list.split('\n').join('\0'));
    const start = binary.indexOf(table);
    if (start < 0) {
        throw new Error(`${where} has no table of applets as "busybox --list" prints it`);
    }
    const hidden = list.split('\n').map((applet) => {
        const name = Buffer.from(applet);
        // No program is called by a name with such a byte in it.
        return applet === 'sh' ? name : Buffer.concat([name.subarray(0, -1), Buffer.of(0xff)]);
    });
    Buffer.concat(hidden.flatMap((name) => [name, Buffer.of(0)])).copy(
        binary,
        start,
        0,
        table.length,
    );
    writeFileSync(file, binary, { mode: 0o755 });
    const check = await execa(file, ['-c', 'PATH=; command -v cat modprobe; exit 0'], {
        argv0: 'sh',
    });
    if (check.stdout !== '') {
        throw new Error(`the shell made of ${where} still prefers its own ${check.stdout}`);
    }
}
