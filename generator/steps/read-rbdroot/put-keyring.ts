import type { StepScope } from '../../plan/step.ts';
import { isBase64 } from '../../plan/text-patterns.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    arm,
    assign,
    builtin,
    busyboxApplet,
    choose,
    command,
    ignore,
    not,
    orElse,
    print,
    redirected,
    run,
    to,
    when,
} from '../../sh/build.ts';
import { anyString, pattern, word } from '../../sh/word.ts';

const mkdir = busyboxApplet('mkdir');
const umask = builtin('umask');

/**
 * Puts a key from the command line where that of the host archive is, for the step that maps: it goes
 * the same way through the kernel keyring. No key, or the word `secret` in its place, stands for one
 * that is in the initrd. The key itself is never shown.
 */
export function putKeyring(
    scope: StepScope,
    {
        form,
        client,
        key,
    }: { readonly form: Variable; readonly client: Variable; readonly key: Variable },
): readonly Statement[] {
    const keyring = scope.local('keyring');
    const cannot = scope.fail(
        'RB235',
        word`the key of client.${client} cannot be written to ${keyring} in the initramfs`,
        'give the machine more memory: the initramfs is in there',
    );
    return [
        choose(key, [
            arm([pattern``, pattern`secret`], []),
            arm(pattern`${anyString}`, [
                when(not(isBase64(key)), [
                    scope.fail(
                        'RB235',
                        word`${form} on the kernel command line is not of its form: the key is not one of a keyring`,
                        word`compare it with what "ceph auth get-key client.${client}" prints`,
                    ),
                ]),
                scope.warn(
                    'RB237',
                    word`the key of client.${client} is on the kernel command line, where every user of this machine can read it`,
                    word`put it into the host archive with "rbdboot ipxe", leave it out of ${form}, and give client.${client} a new one: "ceph auth rm client.${client}", then "ceph auth get-or-create"`,
                ),
                run(command(mkdir, ['-p', '/etc/ceph']), ignore('writing into it says so')),
                assign(keyring, word`/etc/ceph/ceph.client.${client}.keyring`),
                run(command(umask, ['0077']), ignore('only root runs anything here')),
                redirected(
                    [print(word`[client.${client}]`), print(word`key = ${key}`)],
                    [to(keyring)],
                    orElse(cannot),
                ),
                run(command(umask, ['0022']), ignore('only root runs anything here')),
            ]),
        ]),
    ];
}
