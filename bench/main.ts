/**
 * `npm run bench [NAME …] [-- --json]`: measures how fast Firebell is and holds it against its bounds. Prints a table, or JSON, and
 * writes bench/results.json. Exit code 1 when a bound is not kept.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { isMet } from './bench.ts';
import type { Bench, Figure } from './bench.ts';
import { BENCHES } from './registry.ts';
import { createPlaces } from './support/place.ts';
import { tableOf } from './support/table.ts';

const RESULTS = new URL('results.json', import.meta.url);

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. Known are:\n${BENCHES.map(({ name, about }) => `  ${name.padEnd(8)}${about}`).join('\n')}`,
  );
  process.exitCode = 2;
} else {
  const wanted = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  process.exitCode = report(await runAll(wanted));
}

async function runAll(benches: readonly Bench[]): Promise<readonly Figure[]> {
  const places = createPlaces();
  const figures: Figure[] = [];
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void places.remove().finally(() => process.exit(1)));
  try {
    for (const bench of benches) {
      const began = performance.now();
      figures.push(...(await bench.run(places)));
      console.error(`${bench.about} (measured in ${((performance.now() - began) / 1000).toFixed(0)} s)`);
    }
  } finally {
    await places.remove();
  }
  return figures;
}

function report(figures: readonly Figure[]): number {
  const results = {
    at: new Date().toISOString(),
    node: process.version,
    cores: availableParallelism(),
    load: loadavg()[0],
    figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
  };
  const json = `${JSON.stringify(results, null, 2)}\n`;
  writeFileSync(RESULTS, json);
  process.stdout.write(values.json === true ? json : `${tableOf(figures)}\n`);
  return figures.every((figure) => isMet(figure) !== false) ? 0 : 1;
}
