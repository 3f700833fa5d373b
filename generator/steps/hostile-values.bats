#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../testing/scratch-root/initramfs

# 200 texts that a careless script evaluates, as each thing that can be handed over at boot.

setup() {
    prepare
    make_initramfs older
    add_programs canary
    script_program canary < /dev/null
    cp -r "$prepared/values" "$root/values"
    cp "$BATS_TEST_DIRNAME/../testing/scratch-root/try-values.sh" "$root/bin/try-values"
}

# expect_harmless PLACE COUNT PARAMETER...: each is used as data or refused with its code.
expect_harmless() (
    trap - DEBUG
    local place=$1 count=$2
    shift 2
    seconds_in_root=900 run_in_root /bin/try-values "$place" "$@"
    expect_exit_code 0 || return
    expect 'the error output' '' "$(< "$complained")" || return
    expect 'what went wrong' '' "$(awk 'NF > 5' "$printed")" || return
    # Refused with a code that says what is wrong with it, or used as data: then the machine boots.
    expect 'other results' '' "$(awk '!($4 == 1 && $5 ~ /^RB(202|203|206|212|214|216|23[56])$/) \
        && !($4 == 0 && $5 == "none")' "$printed")" || return
    expect 'the number of boots' "$count" "$(wc -l < "$printed")" || return
    # Most are refused, or the values would not have arrived.
    [ "$(grep -c RB "$printed")" -gt "$((count / 2))" ]
)

@test "200 hostile values in the host archive as each parameter: none is evaluated" {
    expect_harmless archive 1000 rbdboot.mac= rbdboot.image= rbdboot.client= rbdboot.address= \
        rbdboot.gateway=
}

@test "200 hostile values on the kernel command line: none is evaluated" {
    expect_harmless command-line 400 rbdboot.image= rbdroot=10.77.0.10:
}

@test "a script that evaluates its command line runs each of them that is a command" {
    # The premise: what many hand-written scripts do, and that the values and the watch are good.
    cat > "$root/scripts/local-top/rbdboot" << 'SCRIPT'
#!/bin/sh
read -r line < /proc/cmdline
for argument in $line; do
    case "$argument" in
        rbdboot.image=*) eval "image=${argument#rbdboot.image=}" ;;
    esac
done
SCRIPT
    seconds_in_root=300 run_in_root /bin/try-values command-line rbdboot.image=
    expect_exit_code 0 || return
    [ "$(grep -c evaluated "$printed")" -gt 50 ]
}
