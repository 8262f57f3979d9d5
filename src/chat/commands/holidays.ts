import { personOf } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { HolidayCommand, HolidayScope } from '../../domain/holiday/said.ts';
import { parseDays } from '../../domain/schedule/parse-days.ts';
import { dateAt } from '../../domain/holiday/holidays.ts';
import { refusing, replying } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import { whisper } from '../views/blocks.ts';
import { holidaySaid, holidaysScreen } from '../views/holidays.ts';
import { defineCommand } from './define.ts';
import type { NamedPolicy, NamedTarget } from './params.ts';

/** `/inc holidays add 2026-12-24 Christmas Eve for everybody` */
export const holidays = defineCommand({
  name: 'holidays',
  synonyms: ['holiday', 'daysoff'],
  summary: 'Days that are no working time: list, add, or make one a working day',
  where: 'anywhere',
  params: [
    { name: 'what', kind: 'choice', choices: ['add', 'remove'], description: 'Without it they are listed' },
    { name: 'person', kind: 'person', description: 'Whose; yours, when nobody is named' },
    { name: 'day', kind: 'text', description: 'The date, and what the day is called' },
    { name: 'for', kind: 'target', keywords: ['for'], description: 'A team or a person whose day it is' },
    { name: 'everybody', kind: 'flag', description: 'It is a day of everybody' },
  ],
  examples: [
    'holidays',
    'holidays add 2026-12-24 Christmas Eve',
    'holidays add 2027-01-04 Day after the party everybody',
    'holidays remove 2026-12-26 for @ben',
  ],
  toStep: (args, asking) => {
    const scope = scopeOf(args, asking);
    if (typeof scope !== 'string') return { kind: 'refused', refusal: scope };
    if (args.what === null) return listing(scope, args.day, asking);
    const read = readDay(args.day ?? '', asking);
    if (read === null) return refusing('Which day?', 'For example `holidays add 2026-12-24 Christmas Eve`.');
    const name = args.what === 'remove' ? null : read.name;
    return saying({ type: 'holiday.say', by: asking.actor, scope, date: read.date, name }, asking);
  },
});

function saying(command: HolidayCommand, asking: Asking): Step {
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.sayHoliday(command);
      return said.kind === 'refused' ? said.refusal : holidaySaid(command, asking);
    },
  };
}

function listing(scope: HolidayScope, words: string | null, asking: Asking): Step {
  if (words === null) return replying(whisper(holidaysScreen(scope, asking)));
  return refusing(
    `I cannot read “${words.slice(0, 60)}” as something about holidays.`,
    'A holiday: `holidays add 2026-12-24 Christmas Eve`. When you are away: `away from 2026-12-24 until 2026-12-27`.',
  );
}

interface Whose {
  readonly person: string | null;
  readonly for: NamedTarget | NamedPolicy | null;
  readonly everybody: boolean;
}

function scopeOf({ person, for: named, everybody }: Whose, asking: Asking): HolidayScope | Refusal {
  if (everybody) return 'everybody';
  if (person !== null) return `person:${person}`;
  if (named?.kind === 'person' || named?.kind === 'team') return `${named.kind}:${named.id}`;
  const hint = 'Name a person or a team, or say `everybody`.';
  if (named !== null) return { why: `${named.name} has no holidays of its own.`, hint };
  const me = personOf(asking.actor);
  return me === null ? { why: 'Whose holidays?', hint } : `person:${me}`;
}

/** A date and the words after it. */
function readDay(words: string, asking: Asking): { readonly date: string; readonly name: string } | null {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  const days = parseDays(first, asking);
  if (days === null) return null;
  // `for everybody` leaves its first word.
  const name = rest
    .join(' ')
    .replace(/\s*\bfor$/i, '')
    .trim();
  return { date: dateAt(days.from.getTime(), asking.zone), name: name || 'Holiday' };
}
