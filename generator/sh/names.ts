/**
 * Lower-case names that an emitted script must not take for its own variables and functions:
 * special in some shell, or exported to, read from and defined for the scripts that
 * initramfs-tools runs.
 *
 * Source: /usr/share/initramfs-tools/init, scripts/functions and hook-functions (0.142, 0.148),
 * /usr/sbin/mkinitramfs, dash(1), zshparam(1).
 */
const taken: ReadonlySet<string> = new Set(
    [
        'status path argv',
        'break init readonly rootmnt debug panic blacklist resume resume_offset noresume drop_caps',
        'fastboot forcefsck fsckfix quiet netconsole log_output starttime initdir delay',
        'maybe_break run_scripts load_modules parse_numeric configure_networking wait_for_udev',
        'resolve_device get_fstype mountroot mount_top mount_premount mount_bottom time_elapsed',
        'version verbose runlist prereqs',
    ].flatMap((line) => line.split(' ')),
);

/** The names of one script. */
export interface ScriptNames {
    /** A name for the whole script: used by nothing else in it, no local either. */
    global(hint: string): string;
    /** The names of one function: they repeat no global, but may repeat those of another function. */
    locals(): { local(hint: string): string };
}

/**
 * Hands out names made of hints: the hint itself, else the hint with `_2`, `_3`, … behind it.
 *
 * A local never repeats a global, since the shell's scope is dynamic: a function that is called
 * from there would change the wrong one.
 *
 * @throws RangeError for a hint that is not `[a-z_][a-z0-9_]*`.
 */
export function createNames(): ScriptNames {
    const globals = new Set<string>();
    const everything = new Set<string>();
    const take = (hint: string, ...avoid: readonly ReadonlySet<string>[]): string => {
        if (!/^[a-z_][a-z0-9_]*$/.test(hint)) {
            throw new RangeError(`${JSON.stringify(hint)} is not a name for a shell variable`);
        }
        let name = hint;
        for (let count = 2; [taken, ...avoid].some((names) => names.has(name)); count++) {
            name = `${hint}_${count}`;
        }
        everything.add(name);
        return name;
    };
    return {
        global(hint) {
            const name = take(hint, everything);
            globals.add(name);
            return name;
        },
        locals() {
            const own = new Set<string>();
            return {
                local(hint) {
                    const name = take(hint, globals, own);
                    own.add(name);
                    return name;
                },
            };
        },
    };
}
