#!/usr/bin/env bats
# An outsider writes a step as docs/how-to/write-a-step.md says: a package of its own, the public
# interface alone, the code of the page letter by letter. Then a machine boots with it.

setup_file() {
    repository=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    package=$BATS_FILE_TMPDIR/package
    mkdir -p "$package/node_modules/rbdboot"
    (cd "$repository" && node_modules/.bin/tsc --project tsconfig.build.json \
        --outDir "$package/node_modules/rbdboot/dist")
    cp "$repository/package.json" "$package/node_modules/rbdboot"
    ln -s "$repository/node_modules" "$package/node_modules/rbdboot/node_modules"
    code_of_page raise-mtu.ts > "$package/raise-mtu.ts"
    code_of_page boot.config.ts > "$package/boot.config.ts"
    export repository package
    cd "$package" || return
    node node_modules/rbdboot/dist/cli/main.js generate --out review
}

# The first block of TypeScript after the line that names the file.
code_of_page() {
    awk -v name="\`$1\`:" '$0 == name { found = 1 }
        found && /^```$/ { exit }
        printing { print }
        found && /^```ts$/ { printing = 1 }' "$repository/docs/how-to/write-a-step.md"
}

setup() {
    load scratch-root/initramfs
    make_initramfs desk1
    cp "$package/review/scripts/initramfs-tools/local-top/rbdboot" "$root/scripts/local-top"
}

@test "the step of an outsider runs between those of rbdboot" {
    boot
    expect_booted /dev/rbd0
    grep -q -F -x 'rbdboot[raise-mtu]: enp0s2 has an MTU of 9000' "$printed"
    grep -q '^  mtu: 9000$' "$root/run/rbdboot/facts"
}

@test "its failure is reported like any other" {
    script_program ip << 'PROGRAM'
case "$*" in
    *mtu*) exit 1 ;;
esac
PROGRAM
    boot
    expect_failure SITE1 raise-mtu 'enp0s2 does not take an MTU of 9000' 'lower "mtu" in boot.config.ts'
}

@test "the page shows the function as it is emitted" {
    awk '/^```sh$/ { block = ""; next } /^```$/ { if (block ~ /step_raise_mtu/) printf "%s", block } { block = block $0 "\n" }' \
        "$repository/docs/how-to/write-a-step.md" > "$BATS_TEST_TMPDIR/expected"
    awk '/^# Step raise-mtu/ { printing = 1 } printing { print } printing && /^}$/ { exit }' \
        "$package/review/scripts/initramfs-tools/local-top/rbdboot" > "$BATS_TEST_TMPDIR/emitted"
    [ -s "$BATS_TEST_TMPDIR/expected" ]
    diff "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/emitted"
}

@test "its lines lead back to where the plan records it" {
    cd "$package"
    script=review/scripts/initramfs-tools/local-top/rbdboot
    line=$(grep -n '^step_raise_mtu() {' "$script" | cut -d : -f 1)
    run node node_modules/rbdboot/dist/cli/main.js explain "$script:$line"
    [[ $output == *'belongs to step raise-mtu'* ]]
    [[ $output == *"plan, boot.config.ts:$(grep -n 'raiseMtu({ net' boot.config.ts | cut -d : -f 1):"* ]]
}
