#!/bin/sh
# Checks every shell file of the repository: emitted ones in hooks/ and scripts/, and the project's own.
set -eu

git ls-files --cached --others --exclude-standard '*.sh' 'hooks/*' 'scripts/*' .ci/run ':!*.json' \
    | while read -r file; do
        shfmt -ln posix -i 4 -ci -bn -sr -d "$file"
        shellcheck --shell dash "$file"
        dash -n "$file"
        busybox sh -n "$file"
    done

git ls-files --cached --others --exclude-standard '*.bats' '*.bash' \
    | while read -r file; do
        shfmt -ln bats -i 4 -ci -bn -sr -d "$file"
    done
