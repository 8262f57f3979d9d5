import type { FrontDeps } from './front-deps.ts';
import type { Line } from '../domain/text.ts';
import { lineOf } from '../domain/timeline/line.ts';
import { weightOf } from '../domain/timeline/weight.ts';
import type { Reply } from './message.ts';
import type { Asking, Confirmation, Done, Sayable, Step } from './step.ts';
import type { RosterDoor } from '../engine/handle-roster.ts';
import { note, tidy, whisper } from './views/blocks.ts';
import { refusalMessage } from './views/refusal.ts';

const MOST_LINES = 3;

/** What doing it takes: the doors, and the key under which it is done once. */
interface Doing extends Pick<FrontDeps, 'door' | 'rosterDoor'> {
  readonly once?: string | undefined;
}

/** Does what a command, a button or a form came to, and says to the asker what needs to be said to them alone. */
export async function perform(step: Step, asking: Asking, { door, rosterDoor, once }: Doing): Promise<Reply> {
  const reading = { directory: asking.directory, zone: asking.zone };
  switch (step.kind) {
    case 'reply':
      return step.reply;
    case 'refused':
      return whisper(refusalMessage(step.refusal, asking.actor, reading));
    case 'change': {
      const made = await step.make(onceAt(rosterDoor, once));
      return whisper('why' in made ? refusalMessage(made, asking.actor, reading) : made);
    }
    case 'say_all': {
      const answers = [];
      for (const command of step.commands)
        answers.push({ command, said: await door.say(command, once && partOf(once, command)) });
      return whisper(step.confirm(answers));
    }
    case 'say': {
      const said = await door.say(step.command, once);
      if (said.kind === 'refused') return whisper(refusalMessage(said.refusal, asking.actor, reading));
      return confirmed(
        said,
        withAside(step.confirm?.(said) ?? whatHappened(said, asking), step.aside),
        asking,
      );
    }
  }
}

/** Which of several changes are still to be made may be seen otherwise the second time. */
function partOf(once: string, { type, incidentId }: Sayable): string {
  return `${once}/${type}/${incidentId}`;
}

function onceAt(door: RosterDoor, once: string | undefined): RosterDoor {
  if (once === undefined) return door;
  return {
    say: (command) => door.say(command, once),
    sayAbsence: (command) => door.sayAbsence(command, once),
    sayHoliday: (command) => door.sayHoliday(command, once),
    sayShift: (command) => door.sayShift(command, once),
    saySilence: (command) => door.saySilence(command, once),
  };
}

function withAside(confirmation: Confirmation, aside: Line | undefined): Confirmation {
  return aside === undefined ? confirmation : { lines: [...confirmation.lines, aside], always: true };
}

function confirmed(done: Done, { lines, always }: Confirmation, asking: Asking): Reply {
  const { incident } = done;
  const isOwnRoom =
    incident.room !== null &&
    incident.room.platform === asking.platform &&
    incident.room.roomId === asking.roomId;
  if (lines.length === 0 || (isOwnRoom && !always && done.events.length > 0)) return { kind: 'nothing' };
  const drill: Line = incident.kind === 'drill' ? [' (drill)'] : [];
  const [first = [], ...rest] = lines.map(tidy);
  const named: Line = isOwnRoom ? capitalised(first) : [{ incident: incident.id }, ...drill, ': ', ...first];
  return whisper(note([named, ...rest], { directory: asking.directory, zone: asking.zone }));
}

/** A line that begins a message of its own begins with a capital letter. */
function capitalised([first, ...rest]: Line): Line {
  if (first === undefined) return [];
  return [typeof first === 'string' ? first.charAt(0).toUpperCase() + first.slice(1) : first, ...rest];
}

/** What happened in the words of the timeline; a harmless repeat says that nothing had to change. */
function whatHappened({ events, incident }: Done, { directory }: Asking): Confirmation {
  if (events.length === 0)
    return {
      lines: [[`Nothing had to change: #${incident.id} is ${incident.status} and stays as it was.`]],
      always: true,
    };
  const lines = events
    .filter(({ event }) => weightOf(event) !== 'noise')
    .flatMap((recorded) => [lineOf(recorded, directory) ?? []]);
  const shown = lines.filter((line) => line.length > 0).slice(0, MOST_LINES);
  return { lines: shown.length === 0 ? [['Done.']] : shown, always: false };
}
