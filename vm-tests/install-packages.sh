#!/bin/sh
# Installs Debian packages without starting what they bring: the lab starts daemons of its own, in a
# namespace, and nobody asked for a web server on this machine. Runs as root.
set -eu

policy=/usr/sbin/policy-rc.d
had_nginx=$(dpkg-query --show --showformat '${db:Status-Status}' nginx-light 2> /dev/null) || had_nginx=no

if ! [ -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    # invoke-rc.d(8): 101 forbids the action
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 0755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --yes --no-install-recommends "$@"

if [ "$had_nginx" != installed ] && command -v systemctl > /dev/null; then
    systemctl disable --quiet nginx || :
fi
