import type { BootedMachine } from './booted-machine.ts';
import type { GuestShell } from './qemu/guest-shell.ts';

/**
 * Has a person who is logged in run a command, and then power the machine off, which has begun then.
 *
 * @returns the shell, which is the caller's to close when the machine is off.
 */
export async function beginPowerOff(machine: BootedMachine, before: string): Promise<GuestShell> {
    const shell = await machine.logIn(60);
    await shell.succeeds(before);
    // The console goes before an answer can come.
    shell.run('systemctl poweroff', 60).catch(() => {});
    return shell;
}
