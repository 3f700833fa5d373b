// Writes down all scenarios that there are: the manifest, and the page about them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDirectory } from './build-directory.ts';
import { listScenarios, manifestFile } from './manifest.ts';
import { scenariosPage } from './scenarios-page.ts';

const scenarios = await listScenarios();
// A line each, so that a change of one is a change of one line.
const lines = scenarios.map((scenario) => JSON.stringify(scenario));
await writeFile(manifestFile, `[\n${lines.join(',\n')}\n]\n`);
await writeFile(join(projectDirectory, 'docs/reference/scenarios.md'), scenariosPage(scenarios));
process.stdout.write(`wrote ${scenarios.length} scenarios into ${manifestFile}\n`);
