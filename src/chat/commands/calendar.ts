import { personOf } from '../../domain/actor.ts';
import type { FeedSubject } from '../../domain/calendar/subject.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Message, Reply } from '../message.ts';
import type { Asking } from '../step.ts';
import { whisper } from '../views/blocks.ts';
import { calendarLink, calendarLinks, calendarsEnded } from '../views/calendar-links.ts';
import { refusalMessage } from '../views/refusal.ts';
import { defineCommand } from './define.ts';
import type { NamedPolicy, NamedTarget } from './params.ts';

/** `/inc calendar payments` */
export const calendar = defineCommand({
  name: 'calendar',
  synonyms: ['feed', 'ical', 'ics'],
  summary: 'Get your shifts, or those of a team or schedule, into your calendar',
  where: 'anywhere',
  params: [
    {
      name: 'what',
      kind: 'choice',
      choices: ['list', 'revoke'],
      description: 'list shows your links, revoke ends them; without it you get a new one',
    },
    {
      name: 'about',
      kind: 'target',
      description: 'A team or a schedule; your own shifts, when none is named',
    },
  ],
  examples: ['calendar', 'calendar payments', 'calendar revoke', 'calendar list'],
  answer: async ({ what, about }, asking) => {
    const me = personOf(asking.actor);
    if (me === null) return no(NOT_A_PERSON, asking);
    const reading = { directory: asking.directory, zone: asking.zone };
    if (what === 'list') return whisper(calendarLinks(await asking.calendars.list(me), reading));
    const subject = about === null ? null : subjectOf(about, asking.directory);
    if (subject !== null && 'why' in subject) return no(subject, asking);
    if (what === 'revoke')
      return whisper(calendarsEnded(await asking.calendars.revoke(me, subject), reading));
    if (subject?.kind === 'person' && subject.id !== me) return no(NOT_YOURS, asking);
    return give(me, subject ?? { kind: 'person', id: me }, asking);
  },
});

const NOT_A_PERSON: Refusal = {
  why: 'Only a configured person can have a calendar.',
  hint: '`oncall` says who is on call.',
};

const NOT_YOURS: Refusal = {
  why: 'The calendar of all shifts of a person is for that person alone.',
  hint: '`calendar` gives you yours, `calendar payments` that of a schedule or a team.',
};

async function give(me: string, subject: FeedSubject, asking: Asking): Promise<Reply> {
  const made = await asking.calendars.create(me, subject);
  if ('why' in made) return no(made, asking);
  return whisper(calendarLink({ ...made, subject }, asking));
}

/** A service is on call through nobody of its own: its team's calendar is meant, where there is one. */
function subjectOf(
  { kind, id, name }: NamedTarget | NamedPolicy,
  { services }: Directory,
): FeedSubject | Refusal {
  if (kind === 'policy')
    return { why: `${id} is a policy, and has no calendar.`, hint: 'Name a schedule or a team.' };
  if (kind !== 'service') return { kind, id };
  const owner = services.get(id)?.owner ?? null;
  return owner === null
    ? {
        why: `${name} is a service, and no team owns it.`,
        hint: 'Name the schedule or the team that is paged for it: `calendar payments`.',
      }
    : { kind: 'team', id: owner };
}

function no(refusal: Refusal, asking: Asking): Reply {
  const message: Message = refusalMessage(refusal, asking.actor, {
    directory: asking.directory,
    zone: asking.zone,
  });
  return whisper(message);
}
