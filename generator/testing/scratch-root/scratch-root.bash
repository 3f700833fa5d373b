# shellcheck shell=bash
# A scratch root: a directory that emitted scripts are run in, byte for byte as they are emitted,
# as their root directory, without privileges. Every program in it is a recorder (record.sh).
#
# Sets `root`, its path. Sourced by initramfs.bash and build-system.bash.

# Functions that set no variable run in a subshell without bats' DEBUG trap, which takes longer for a
# command than the command does.

scratch_root_sources=$(dirname "${BASH_SOURCE[0]}")

# make_root BUILDER [ARGUMENT...]: makes the scratch root, as a copy of what the builder makes in a
# directory `root`. It does that once in a run of bats, whatever test file comes first.
make_root() {
    make_once "$BATS_RUN_TMPDIR/roots/$*" "$@" || return
    root=$BATS_TEST_TMPDIR/root
    rm -rf "$root"
    cp --archive "$BATS_RUN_TMPDIR/roots/$*" "$root"
}

# make_once DIRECTORY COMMAND [ARGUMENT...]: if the directory is not there, has the command fill it, as
# its `root`.
make_once() (
    trap - DEBUG
    if [ -d "$1" ]; then
        return
    fi
    mkdir -p "${1%/*}"
    local fresh
    fresh=$(mktemp --directory "$1.XXXXXX")
    root=$fresh "${@:2}" || return
    # Test files may run side by side: the first one that is ready wins, the contents are the same.
    mv --no-target-directory "$fresh" "$1" 2> /dev/null || [ -d "$1" ]
)

# The files of all tested hosts, freshly emitted, and the shell that runs them.
# Sets `prepared`, the directory with both.
prepare() {
    prepared=$BATS_RUN_TMPDIR/prepared
    make_once "$prepared" run_prepare
}

run_prepare() {
    # From within the repository: that is where node finds its packages.
    (cd "$scratch_root_sources" && node --import tsx prepare.ts "$root")
}

# build_root PROGRAM...: what each scratch root has: these programs, and a shell that is no recorder.
build_root() {
    prepare || return
    mkdir -p "$root"/{bin,dev,opt,recorded,scripted,tmp}
    cp "$(type -P busybox)" "$root/opt/busybox"
    cp "$prepared/sh" "$root/bin/sh"
    cp "$scratch_root_sources/record.sh" "$root/bin/record"
    chmod 0755 "$root/bin/record"
    add_programs "$@"
    : > "$root/recorded/calls"
    borrow_device /dev/null
}

add_programs() {
    local name
    for name in "$@"; do
        ln "$root/bin/record" "$root/bin/$name"
    done
}

# script_program NAME, with shell on standard input: what the program does when it is called.
script_program() {
    cat > "$root/scripted/$1"
}

# borrow_device DEVICE [NAME]: the device node of this machine stands in the scratch root too, under
# its own name or another. Who is not root cannot make one.
borrow_device() {
    local name=${2:-${1##*/}}
    : > "$root/dev/$name"
    printf '%s %s\n' "$1" "$name" >> "$root/recorded/borrowed"
}

# Some block device, that `[ -b ]` can be shown; nothing opens it.
borrow_block_device() {
    local candidate
    for candidate in /dev/*; do
        if [ -b "$candidate" ]; then
            borrow_device "$candidate" block-device
            return
        fi
    done
    # In a container there may be none. Its root can make one, for nothing but to be shown.
    mknod "$root/dev/block-device" b 7 0 || {
        echo 'these tests need a block device in /dev, or root to make one' >&2
        return 1
    }
}

# run_in_root COMMAND [ARGUMENT...]: sets `code`, its exit code; what it printed is in the files
# `printed` and `complained`. It may take 30 s, or what seconds_in_root says. Nothing of it outlives the call, nor the tests when they are killed.
run_in_root() {
    printed=$BATS_TEST_TMPDIR/printed
    complained=$BATS_TEST_TMPDIR/complained
    code=0
    setpriv --pdeathsig KILL timeout --foreground --signal KILL "${seconds_in_root:-30}" \
        setpriv --pdeathsig KILL unshare --user --map-root-user --mount --pid --fork --kill-child \
        sh "$scratch_root_sources/enter.sh" "$root" "$@" \
        < /dev/null > "$printed" 2> "$complained" 3>&- || code=$?
}

# Prints the recorded calls of these programs, of all if none is named, in their order: a line each,
# an argument that the shell would not take as one plain word in quotes of bash.
calls() (
    trap - DEBUG
    local -a fields
    local line argument
    local -i at=0 count
    mapfile -d '' -t fields < "$root/recorded/calls"
    while [ "$at" -lt "${#fields[@]}" ]; do
        count=${fields[at]}
        line=${fields[at + 1]}
        case " ${*-$line} " in
            *" $line "*)
                for argument in "${fields[@]:at+2:count}"; do
                    case "$argument" in
                        '' | *[!A-Za-z0-9_@%+=:,./-]*)
                            printf -v argument '%q' "$argument"
                            ;;
                    esac
                    line+=" $argument"
                done
                printf '%s\n' "$line"
                ;;
        esac
        at=$((at + count + 2))
    done
)

# expect WHAT EXPECTED ACTUAL: fails with both texts unless they are the same.
expect() (
    trap - DEBUG
    if [ "$2" = "$3" ]; then
        return
    fi
    printf '%s is not as expected (-), but this (+):\n' "$1"
    diff --unified=100 <(printf '%s\n' "$2") <(printf '%s\n' "$3") | tail -n +4
    return 1
)

# expect_calls PROGRAM..., with the expected calls of these programs on standard input.
expect_calls() (
    trap - DEBUG
    expect "the calls of $*" "$(cat)" "$(calls "$@")"
)

# expect_contained TEXT FILE: fails with the file unless it has the text.
expect_contained() (
    trap - DEBUG
    if grep --quiet --fixed-strings -e "$1" "$2"; then
        return
    fi
    printf 'this text is missing: %s\nin %s:\n' "$1" "${2##*/}"
    cat "$2"
    return 1
)

expect_exit_code() {
    if [ "$code" -eq "$1" ]; then
        return
    fi
    printf 'the exit code is %s, not %s; what was printed:\n' "$code" "$1"
    cat "$printed" "$complained"
    return 1
}
