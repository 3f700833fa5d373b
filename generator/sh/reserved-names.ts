import { builtinNames, reservedWords } from './reserved-words.ts';

/** Where a script runs, which decides what it must not take for a name of its own. */
export type Surroundings = 'boot' | 'hook';

/**
 * Lower-case names that the scripts of initramfs-tools 0.142 to 0.148 use. A script that took one
 * would hide a parameter from what it calls, or change a variable of a library that it sources.
 * Upper-case names are no hints, so they need no list.
 */
const ofInitramfsTools = {
    boot: [
        // init: exported to the boot scripts
        'blacklist break debug drop_caps fastboot forcefsck fsckfix init noresume panic quiet',
        'readonly resume resume_offset rootmnt starttime',
        // init: its own
        'conf inittest log_output netconsole validate_init x',
        // scripts/functions, scripts/local, scripts/nfs: variables that are not local
        'bootif_mac com delay file fix force found initdir local_premount_used local_top_used m',
        'major minor modalias nfs_premount_used nfs_retry_count nfs_top_used opts ret roflag',
        'slumber spinner temp_mac type value',
        // scripts/functions: functions
        '_checkfs_once _log_msg _set_netdev_from_hw_address _set_netdev_from_ip_param',
        '_update_ip_param _uptime _usable_netdev_exists checkfs configure_networking get_fstype',
        'load_modules log_begin_msg log_end_msg log_failure_msg log_success_msg log_warning_msg',
        'maybe_break mountfs parse_numeric read_fstab_entry resolve_device run_scripts',
        'time_elapsed wait_for_udev',
        // scripts/local, scripts/nfs: functions
        'local_block local_bottom local_device_setup local_mount_fs local_mount_root',
        'local_premount local_top mount_bottom mount_premount mount_top mountroot nfs_bottom',
        'nfs_mount_fs nfs_mount_fs_impl nfs_mount_root nfs_mount_root_impl nfs_premount nfs_top',
        // what every script answers to
        'prereqs',
    ],
    hook: [
        // mkinitramfs: exported to the hooks
        'verbose version',
        // hook-functions: variables that are not local
        'arg args class crs_x cs_x dev ec fs gp_src gp_x initdir initlist kmod_modname module mp',
        'opts prereq rest root runlist scriptdir si_x walk_graphics',
        // hook-functions: functions
        'add_builtin_firmware add_firmware add_loaded_modules add_modules_from_file',
        'auto_add_modules block_dev_mod_add block_dev_sys_walk_mod_add cache_run_scripts',
        'call_scripts catenate_cpiogz class_add_modules copy_exec copy_file copy_libgcc',
        'copy_modules_dir dep_add_modules dep_add_modules_mount force_load get_prereq_pairs',
        'get_source hidden_dep_add_modules manual_add_modules prepend_earlyinitramfs run_scripts',
        'set_initlist sys_walk_mod_add',
        'prereqs',
    ],
} as const satisfies Record<Surroundings, readonly string[]>;

/** `_` is special in every shell; the others are in zsh, which reads scripts in `sh` mode. */
const ofShells = ['_', 'status', 'path', 'argv'];

const common = [...reservedWords, ...builtinNames, ...ofShells];

/** The names that are taken before a script has any of its own. */
export const takenNames: Readonly<Record<Surroundings, ReadonlySet<string>>> = Object.freeze({
    boot: new Set([...common, ...split(ofInitramfsTools.boot)]),
    hook: new Set([...common, ...split(ofInitramfsTools.hook)]),
});

function split(lines: readonly string[]): readonly string[] {
    return lines.flatMap((line) => line.split(' '));
}
