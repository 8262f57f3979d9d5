import { cleanLines } from '../lib/clean-text.ts';
import type { Found } from './commands/book.ts';
import { BOOK } from './commands/registry.ts';
import { guessIncident, takeNumber } from './commands/which-incident.ts';
import type { Asking, Step } from './step.ts';
import { refusing, replying } from './step.ts';
import { incidentFor } from './front-deps.ts';
import { actionMenu } from './views/action-menu.ts';
import { whisper } from './views/blocks.ts';
import { declareForm, declareQuestion } from './views/declare.ts';

const LONGEST_LINE = 8000;

/** What a typed line comes to. `asking.incident` is the room's. */
export async function readCommand(typed: string, asking: Asking): Promise<Step> {
  const line = cleanLines(typed, LONGEST_LINE);
  if (line === '') return bare(asking);
  const [verb, rest] = splitVerb(line);
  const found = BOOK.find(verb);
  return found === null ? unknownVerb(line, verb, asking) : readVerb(found, rest, asking);
}

/** What a verb comes to whose arguments came one by one. */
export async function readInvoked({ verb, values, incident: named }: Invoked, asking: Asking): Promise<Step> {
  const found = BOOK.find(verb);
  if (found === null) return unknownVerb(verb, verb, asking);
  const { command } = found;
  const isGiven = Object.values(values).some((value) => value.trim() !== '');
  if (named !== null && command.where !== 'anywhere') {
    const incidentId = Number(/^\s*#?(\d{1,10})\b/.exec(named)?.[1] ?? Number.NaN);
    const incident = await incidentFor(asking, incidentId);
    if (incident === null)
      return refusing(`There is no incident ${shown(named)}.`, '`list` shows the open ones.');
    return readGiven(command, { values, isGiven }, { ...asking, incident });
  }
  if (command.where !== 'incident' || asking.incident !== null)
    return readGiven(command, { values, isGiven }, asking);
  const guessed = await guessIncident(command, asking);
  return guessed.incident === null
    ? guessed.step
    : readGiven(command, { values, isGiven }, { ...asking, incident: guessed.incident });
}

/** A verb and its arguments. */
interface Invoked {
  readonly verb: string;
  readonly values: Readonly<Record<string, string>>;
  readonly incident: string | null;
}

/** Without any argument it is the same as the bare verb, which may open a form where a required one would be missing. */
function readGiven(
  command: Found['command'],
  { values, isGiven }: { readonly values: Invoked['values']; readonly isGiven: boolean },
  asking: Asking,
): Promise<Step> {
  return isGiven ? command.readNamed(values, asking) : command.read('', asking);
}

function shown(words: string): string {
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}

function bare({ incident, directory }: Asking): Step {
  if (incident === null) return replying({ kind: 'form', form: declareForm(directory) });
  return replying(whisper(actionMenu(incident, directory)));
}

function splitVerb(line: string): readonly [string, string] {
  const end = line.search(/\s/);
  return end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end).trim()];
}

async function readVerb({ command, before }: Found, rest: string, asking: Asking): Promise<Step> {
  const inRoom = asking.incident !== null;
  const hasText = command.params.some(({ kind }) => kind === 'text');
  const takesIncident = command.where !== 'anywhere';
  const { words, incidentId } = takesIncident
    ? takeNumber(rest, { inRoom, hasText })
    : { words: rest, incidentId: null };
  const line = `${before} ${words}`.trim();
  if (incidentId !== null) {
    const incident = await incidentFor(asking, incidentId);
    if (incident === null)
      return refusing(`There is no incident #${incidentId}.`, '`list` shows the open ones.');
    return command.read(line, { ...asking, incident });
  }
  if (command.where !== 'incident' || inRoom) return command.read(line, asking);
  const guessed = await guessIncident(command, asking);
  return guessed.incident === null
    ? guessed.step
    : command.read(line, { ...asking, incident: guessed.incident });
}

/** Outside a room free text may be the title of an incident: asked once. In a room a verb is missing. */
function unknownVerb(line: string, verb: string, { incident }: Asking): Step {
  const nearest = BOOK.nearest(verb);
  const isPhrase = /\s/.test(line);
  if (incident === null && (isPhrase || nearest === null))
    return replying(whisper(declareQuestion(line, nearest)));
  const hint =
    nearest === null ? '`help` lists what I can do.' : `Did you mean \`${nearest}\`? \`help\` lists all.`;
  return refusing(`There is no verb “${shown(verb)}”.`, hint);
}
