import { isOpen } from '../domain/incident/incident.ts';
import { SaidBefore } from '../store/said-once.ts';
import { ACTIONS } from './actions/registry.ts';
import type { ActionDefinition, Pressed } from './actions/define.ts';
import type { ChatFront } from './chat-front.ts';
import { completeLine, proposeValues } from './commands/complete.ts';
import { FORMS } from './forms/registry.ts';
import type { Fields, FormDefinition, Submitted } from './forms/define.ts';
import { readCommand, readInvoked } from './front-command.ts';
import { askingIn, incidentFor } from './front-deps.ts';
import type { FrontDeps, Speaker } from './front-deps.ts';
import type { Reply } from './message.ts';
import { perform } from './perform.ts';
import { refusing } from './step.ts';
import type { Asking, Step } from './step.ts';
import { note, whisper } from './views/blocks.ts';

/** The one place behind every chat platform: reads what people type, press and submit, says it at the front door, and answers. */
export function createFront(deps: FrontDeps): ChatFront {
  return {
    command: (input) =>
      answered(input, deps, async (asking, doing) =>
        perform(await readCommand(input.text, asking), asking, doing),
      ),
    invoke: (input) =>
      answered(input, deps, async (asking, doing) =>
        perform(await readInvoked(input, asking), asking, doing),
      ),
    action: (input) =>
      answered(input, deps, async (asking, doing) => perform(await press(input, asking), asking, doing)),
    submit: (input) =>
      answered(input, deps, async (asking, doing) => {
        const step = await submit(input, asking);
        return step.kind === 'errors'
          ? { kind: 'field_errors', errors: step.errors }
          : perform(step, asking, doing);
      }),
    // What can be typed next is the same in every room, so that no keystroke asks the database.
    complete: async (input) => completeLine(input.text, await askingIn({ ...input, roomId: null }, deps)),
    propose: async (input) => proposeValues(input, await askingIn({ ...input, roomId: null }, deps)),
    heard: (input) => heard(input, deps),
  };
}

const DONE_BEFORE =
  'That was done. Firebell was interrupted before it could tell you, so it does not say more about it here.';

/** Answers in any case: when our own side fails, the asker has to know that nothing was done. */
async function answered(
  speaker: Speaker,
  deps: FrontDeps,
  answer: (asking: Asking, doing: FrontDeps & Pick<Speaker, 'once'>) => Promise<Reply>,
): Promise<Reply> {
  try {
    const doing = speaker.once === undefined ? deps : { ...deps, once: speaker.once };
    return await answer(await askingIn(speaker, deps), doing);
  } catch (err) {
    if (err instanceof SaidBefore)
      return whisper(note([[DONE_BEFORE]], { directory: deps.directory(), zone: 'UTC' }));
    deps.logger.error({ err, platform: speaker.platform }, 'a chat command failed');
    const words =
      'That did not work: Firebell has trouble of its own and may have done nothing. Please try again; if it stays like this, reach the others directly.';
    return whisper(note([[words]], { directory: deps.directory(), zone: 'UTC' }, { tone: 'danger' }));
  }
}

type Pressing = Parameters<ChatFront['action']>[0];

async function press({ action, value }: Pressing, asking: Asking): Promise<Step> {
  const definition = ACTIONS.get(action);
  if (definition === undefined)
    return refusing('This button does nothing any more.', '`help` lists what can be typed.');
  const pressed: Pressed = { value, pageId: value.includes('/') ? value : null };
  return definition.inIncident
    ? pressInIncident(definition, pressed, asking)
    : definition.press(pressed, asking);
}

async function pressInIncident(
  { press: run }: ActionDefinition,
  pressed: Pressed,
  asking: Asking,
): Promise<Step> {
  const incident = await incidentFor(asking, numberOf(pressed.value));
  if (incident === null)
    return refusing('There is no such incident any more.', '`list` shows the open ones.');
  return run(pressed, { ...asking, incident });
}

type Submitting = Parameters<ChatFront['submit']>[0];

async function submit({ form, value, fields }: Submitting, asking: Asking): Promise<Submitted> {
  const definition = FORMS.get(form);
  if (definition === undefined)
    return refusing('This form is not known any more.', '`help` lists what can be typed.');
  return definition.inIncident
    ? submitInIncident(definition, { value, fields }, asking)
    : definition.submit(fields, asking);
}

async function submitInIncident(
  definition: FormDefinition,
  { value, fields }: { readonly value: string; readonly fields: Fields },
  asking: Asking,
): Promise<Submitted> {
  const incident = await incidentFor(asking, numberOf(value));
  if (incident === null)
    return refusing('There is no such incident any more.', '`list` shows the open ones.');
  return definition.submit(fields, { ...asking, incident });
}

/** The number of the incident that a button or form is about; a page's id begins with it. */
function numberOf(value: string): number {
  return Number(/^(\d+)(?:\/|$)/.exec(value)?.[1] ?? Number.NaN);
}

type Hearing = Parameters<ChatFront['heard']>[0];

/** A word in the room is a sign of life. Nobody waits for an answer to it, so a fault of our own is only logged. */
async function heard(hearing: Hearing, deps: FrontDeps): Promise<void> {
  try {
    await noteSignOfLife(hearing, deps);
  } catch (err) {
    deps.logger.error({ err, platform: hearing.platform }, 'a sign of life was not noted');
  }
}

/** Said at the front door only where somebody waits for it, so that a busy room costs no lock. */
async function noteSignOfLife(
  { actor, platform, roomId }: Hearing,
  { door, reads }: FrontDeps,
): Promise<void> {
  if (actor.kind !== 'person' || roomId === null) return;
  const incident = await reads.incidentOfRoom(platform, roomId);
  if (incident === null || !isOpen(incident)) return;
  const runs = await reads.runsOf(incident.id);
  if (!runs.some(({ promisedBy, signOfLifeBy }) => promisedBy !== null || signOfLifeBy !== null)) return;
  await door.say({ type: 'escalation.note_sign_of_life', by: actor, incidentId: incident.id });
}
