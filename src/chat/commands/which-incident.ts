import { personOf } from '../../domain/actor.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { isVisible } from '../visible.ts';
import { titleOf } from '../views/naming.ts';
import { refusing } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import type { CommandDefinition } from './define.ts';

/** A typed line without the `#42` that it named, and that number. */
export interface Numbered {
  readonly words: string;
  readonly incidentId: number | null;
}

const NUMBER = String.raw`#(\d{1,9})`;

/**
 * Finds the `#42` that says which incident is meant. Outside a room it may stand anywhere; in one, where a text may well mention
 * another incident, it counts directly after the verb or as all there is.
 */
export function takeNumber(
  words: string,
  { inRoom, hasText }: { readonly inRoom: boolean; readonly hasText: boolean },
): Numbered {
  const place =
    inRoom && hasText ? new RegExp(`^${NUMBER}(?=\\s|$)`) : new RegExp(`(?<=^|\\s)${NUMBER}(?=\\s|$)`);
  const match = place.exec(words);
  if (match === null) return { words, incidentId: null };
  const rest = `${words.slice(0, match.index).trimEnd()} ${words.slice(match.index + match[0].length).trimStart()}`;
  return { words: rest.trim(), incidentId: Number(match[1]) };
}

const MOST = 5;
const READ = 50;

/** The incident that was probably meant, or what to say instead. */
export type Guess = { readonly incident: Incident } | { readonly incident: null; readonly step: Step };

/** The incident that is meant when none was named outside a room: the one that pages the asker, else the only open one. A question when there are several. */
export async function guessIncident(command: CommandDefinition, asking: Asking): Promise<Guess> {
  const open = (await asking.reads.listIncidents({ state: 'open', limit: READ })).filter((one) =>
    isVisible(one, asking),
  );
  const me = personOf(asking.actor);
  const paging = me === null ? [] : (await asking.reads.openPagesOf(me)).map(({ incidentId }) => incidentId);
  const mine = open.filter(({ id }) => paging.includes(id));
  const [only, ...others] = mine.length > 0 ? mine : open;
  if (only === undefined) return { incident: null, step: noneOpen(command) };
  return others.length === 0
    ? { incident: only }
    : { incident: null, step: whichOne(command, [only, ...others]) };
}

function noneOpen({ name }: CommandDefinition): Step {
  return refusing(
    `\`${name}\` is about an incident, and none is open.`,
    `Name an older one, as in \`${name} #42\`; \`list recent\` shows them.`,
  );
}

function whichOne({ name }: CommandDefinition, open: readonly Incident[]): Step {
  const named = open.slice(0, MOST).map((one) => `#${one.id} ${titleOf(one).replaceAll('`', "'")}`);
  const more = open.length > MOST ? ` and ${open.length - MOST} more` : '';
  return refusing(
    `Which incident? Open are ${named.join(', ')}${more}.`,
    `Name it, as in \`${name} #${open[0]?.id ?? 42}\`, or type it in its room.`,
  );
}
