#!/bin/sh
# Installs what the project needs and this machine lacks: packages through apt-get, npm packages by
# the lock file. Says what it does; does nothing where nothing is missing.
set -eu
cd "$(dirname "$0")/.."

# The parts of the lab, then what makes root file systems and initrds, then what checks shell.
packages='
ceph-mon ceph-osd ceph-mds ceph-fuse ceph-common
qemu-system-x86 qemu-utils qemu-block-extra seabios ovmf ipxe ipxe-qemu
dnsmasq-base nginx-light iproute2 tcpdump
mmdebstrap uidmap cryptsetup-bin e2fsprogs xfsprogs btrfs-progs fdisk zstd xz-utils cpio util-linux mount
chromium
shellcheck shfmt bats busybox-static dash bash mksh posh yash devscripts
'

say() {
    printf 'setup: %s\n' "$1"
}

stop() {
    printf 'setup: %s\n' "$1" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        stop "this needs root, and there is no sudo: run as root: $*"
    fi
}

# What a release does not have, or needs besides: its name and version by os-release(5).
# testing/packages/ has what was found in the archives of each.
packages_of() {
    case $1 in
        debian-13) left_out=yash besides='' ;;
        # Its chromium is a snap, which only the test of the page about a run would use. Roots of
        # Debian are checked with Debian's keys.
        ubuntu-24.04) left_out=chromium besides=debian-archive-keyring ;;
        *) left_out='' besides='' ;;
    esac
    for package in $packages $besides; do
        [ "$package" = "$left_out" ] || printf '%s\n' "$package"
    done
}

release() {
    # shellcheck source=/dev/null
    . /etc/os-release
    printf '%s-%s' "${ID:-unknown}" "${VERSION_ID:-unknown}"
}

# setup.sh --packages debian-13: what would be asked of that release.
if [ "${1:-}" = --packages ]; then
    packages_of "${2:-$(release)}"
    exit
fi

missing_packages() {
    for package in $(packages_of "$(release)"); do
        state=$(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2> /dev/null) || state=
        [ "$state" = installed ] || printf '%s ' "$package"
    done
}

command -v node > /dev/null || stop 'Node.js is missing: install Node.js 20.19 or newer'
node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' \
    || stop "Node.js $(node --version) is too old: install Node.js 20.19 or newer"

missing=$(missing_packages)
if [ -n "$missing" ]; then
    command -v apt-get > /dev/null || stop "this is no Debian: install the equivalents of $missing"
    say "installing $missing"
    # A list of words, not one: package names hold nothing that the shell would expand.
    # shellcheck disable=SC2086
    output=$(as_root ./vm-tests/install-packages.sh $missing 2>&1) || {
        printf '%s\n' "$output" >&2
        stop 'apt-get failed: see above'
    }
fi

# subuid(5): NAME:START:COUNT; the first range behind all others is nobody's.
free_range() {
    awk -F : '$2 + $3 > end { end = $2 + $3 }
        END { start = end > 100000 ? end : 100000; print start "-" start + 65535 }' "$1"
}

user=$(id -un)
for kind in subuid subgid; do
    file=/etc/$kind
    has_range=$(awk -F : -v name="$user" -v id="$(id -u)" \
        '($1 == name || $1 == id) && $3 >= 65536 { print "yes"; exit }' "$file" 2> /dev/null) || has_range=
    if [ "$has_range" != yes ]; then
        say "giving $user a range of subordinate ids in $file, for root file systems made without root"
        [ -e "$file" ] || as_root touch "$file"
        as_root usermod "--add-${kind}s" "$(free_range "$file")" "$user"
    fi
done

installed=node_modules/.package-lock.json
if ! [ -e "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
    say 'installing npm packages'
    npm ci --no-audit --no-fund --loglevel=error
    touch "$installed"
fi
