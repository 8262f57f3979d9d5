import type { Directory } from '../../../domain/directory.ts';
import { severityName } from '../../../domain/timeline/phrase.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

interface Look {
  readonly rank: number;
  readonly shape: string;
}

const MILDEST: Look = { rank: 3, shape: '○' };
const LOOKS: readonly Look[] = [
  { rank: 0, shape: '▲' },
  { rank: 1, shape: '◆' },
  { rank: 2, shape: '●' },
  MILDEST,
];

/** By its place among the configured ones, worst first; what is not configured counts as mild. */
function lookOf(id: string, { severities }: Directory): Look {
  return LOOKS[severities.findIndex((severity) => severity.id === id)] ?? MILDEST;
}

/** A severity as a mark of its own shape and colour, with its name for who cannot see it. */
export function severityMark(id: string, directory: Directory): Html {
  const { rank, shape } = lookOf(id, directory);
  const name = severityName(id, directory);
  return html`<span class="sev-mark sev-${rank}" title="${name}"
    ><span aria-hidden="true">${shape}</span><span class="sr">${name}: </span></span
  >`;
}

/** A severity as a chip: shape, colour and name. */
export function severityChip(id: string, directory: Directory): Html {
  const { rank, shape } = lookOf(id, directory);
  return html`<span class="chip sev-${rank}"
    ><span aria-hidden="true">${shape} </span>${severityName(id, directory)}</span
  >`;
}
