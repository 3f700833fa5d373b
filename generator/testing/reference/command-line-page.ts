import type { Argument, Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import { code, pageHead, table } from './markdown.ts';

export function commandLinePage(): string {
    const program = createProgram();
    const head = pageHead('Command line', 'generator/cli/program.ts');
    const sections = program.commands.flatMap((command) => describe(command, program.name()));
    return `${head}\nThe result goes to the standard output, everything else to the standard error output. The exit code\nis 0 if all is well, 1 if the configuration or a machine is wrong, and 2 for bad usage or a fault of\nrbdboot. \`rbdboot vm-test\` alone has 3: the hosts cannot be tried on this machine. With \`--json\` the\nresult is one JSON document, also where something is wrong.\n${sections.join('')}`;
}

/** A command, or the commands that it is made of. */
function describe(command: Command, parent: string): readonly string[] {
    const name = `${parent} ${command.name()}`;
    if (command.commands.length > 0) {
        return command.commands.flatMap((one) => describe(one, name));
    }
    const places = command.registeredArguments.map(placeOf);
    const rows = [
        ...command.registeredArguments.map((one) => [
            code(placeOf(one)),
            one.required ? 'required' : defaultOf(one.defaultValue),
            sentence(one.description, one.argChoices),
        ]),
        ...command.options.map((option) => [
            code(option.flags),
            option.mandatory ? 'required' : defaultOf(option.defaultValue),
            sentence(option.description, option.argChoices),
        ]),
    ];
    const usage = [name, ...places].join(' ');
    return [
        `\n## ${usage}\n\n${sentence(command.description())}\n\n${table(['Option', 'Default', 'Meaning'], rows)}`,
    ];
}

function defaultOf(value: unknown): string {
    return value === undefined || value === false ? '' : code(String(value));
}

/** As commander shows it: one that can be left out is in brackets. */
function placeOf(argument: Argument): string {
    return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

/** @param choices all that it can be; left out: anything. */
function sentence(text: string, choices: readonly string[] = []): string {
    const only = choices.length === 0 ? '' : `: ${choices.map(code).join(' or ')}`;
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${only}.`;
}
