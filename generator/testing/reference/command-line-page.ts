import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import { code, pageHead, table } from './markdown.ts';

export function commandLinePage(): string {
    const program = createProgram();
    const head = pageHead('Command line', 'generator/cli/program.ts');
    const sections = program.commands.flatMap((command) => describe(command, program.name()));
    return `${head}\nThe result goes to the standard output, everything else to the standard error output. The exit code\nis 0 if all is well, 1 if the configuration or a machine is wrong, and 2 for bad usage or a fault of\nrbdboot. With \`--json\` the result is one JSON document, also where something is wrong.\n${sections.join('')}`;
}

/** A command, or the commands that it is made of. */
function describe(command: Command, parent: string): readonly string[] {
    const name = `${parent} ${command.name()}`;
    if (command.commands.length > 0) {
        return command.commands.flatMap((one) => describe(one, name));
    }
    const places = command.registeredArguments.map((one) => `<${one.name()}>`);
    const rows = [
        ...command.registeredArguments.map((one) => [
            code(`<${one.name()}>`),
            'required',
            sentence(one.description),
        ]),
        ...command.options.map((option) => [
            code(option.flags),
            option.mandatory ? 'required' : defaultOf(option.defaultValue),
            sentence(option.description),
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

function sentence(text: string): string {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
