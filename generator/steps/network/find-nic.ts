import { poll } from '../../plan/poll.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    argumentOf,
    assign,
    capture,
    command,
    compare,
    defineFunction,
    forEachPath,
    ignore,
    initramfsProgram,
    inspect,
    orElse,
    print,
    readLine,
    returnWith,
    run,
    variable,
    when,
} from '../../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../../sh/word.ts';

const udevadm = initramfsProgram('udevadm');

/** Turns of a tenth of a second: a NIC whose driver loads late. */
const nicTurns = 300;

const everyNic = pattern`/sys/class/net/${anyString}`;

const candidate = variable('candidate', 'local');
const address = variable('address', 'local');
const seen = variable('seen', 'local');
const name = variable('name', 'local');
const turns = variable('turns', 'local');

const nameOfCandidate = expand(candidate, {
    operator: 'remove-longest-prefix',
    pattern: pattern`${anyString}/`,
});

/** A bond, a VLAN or a bridge can have the address of a NIC, but only a NIC has a device. */
const isNic = inspect('-e', word`${candidate}/device`);
const readAddress = readLine(address, word`${candidate}/address`, orElse(assign(address, '')));

const findNic = defineFunction(
    'find_nic',
    ['find_nic MAC: prints the name of the NIC with this MAC address; a bond or a VLAN is none.'],
    [
        forEachPath(candidate, everyNic, [
            when(isNic, [
                readAddress,
                when(compare(address, '=', argumentOf(1)), [print(nameOfCandidate), returnWith(0)]),
            ]),
        ]),
    ],
    [candidate, address],
);

const listNics = defineFunction(
    'list_nics',
    ['list_nics: prints NAME=MAC of every NIC, on one line.'],
    [
        assign(seen, ''),
        forEachPath(candidate, everyNic, [
            when(isNic, [readAddress, assign(seen, word`${seen} ${nameOfCandidate}=${address}`)]),
        ]),
        print(expand(seen, { operator: 'default', text: ' none' })),
    ],
    [candidate, address, seen],
);

const find = capture(name, command(findNic, [argumentOf(1)]), orElse(assign(name, '')));

const waitForNic = defineFunction(
    'wait_for_nic',
    ['wait_for_nic MAC: does as find_nic, and waits up to 30 s for a NIC that is not there yet.'],
    [
        ...poll(turns, inspect('-z', name), nicTurns, [find]),
        run(
            command(udevadm, ['settle', '--timeout=10']),
            ignore('it may rename a NIC that came late; without it, names stay'),
        ),
        find,
        print(name),
    ],
    [name, turns],
);

/** Sets the variable to the name of the NIC, after it has come; empty if it does not. */
export function findNicByMac(
    scope: StepScope,
    target: Variable,
    mac: Argument,
): readonly Statement[] {
    return [
        capture(target, command(findNic, [mac]), orElse(assign(target, ''))),
        when(inspect('-z', target), [
            scope.say(word`waiting for a NIC with the MAC address ${mac}`),
        ]),
        capture(target, command(waitForNic, [mac]), orElse(assign(target, ''))),
    ];
}

/** Ends the boot: the report lists the NICs that there are, which the variable is for. */
export function failWithoutNic(
    scope: StepScope,
    nics: Variable,
    what: Argument,
    cure: string,
): readonly Statement[] {
    return [
        capture(nics, command(listNics), orElse(assign(nics, ' none'))),
        scope.fail('RB202', word`${what}; there are:${nics}`, cure),
    ];
}
