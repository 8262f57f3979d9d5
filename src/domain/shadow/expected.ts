import type { Directory } from '../directory.ts';
import { peopleOf } from '../escalation/targets.ts';
import { forecast } from '../forecast/forecast.ts';
import type { Moment } from '../forecast/path.ts';
import type { Subject } from '../forecast/question.ts';

/** A stretch of time in which these people would be paged, and the schedules they would be looked up in. */
export interface Rung {
  readonly at: Date;
  readonly until: Date;
  readonly people: readonly string[];
  readonly schedules: readonly string[];
}

const FOR_EVER = new Date(8.64e15);

/** Whom this configuration pages, step by step, for something that began at `since`, if nobody answers; by the rules of the engine. */
export function ladderOf(subject: Subject, since: Date, directory: Directory): readonly Rung[] {
  if (subject.kind === 'schedule') {
    const people = peopleOf({ kind: 'schedule', id: subject.id }, directory, since);
    return [{ at: since, until: FOR_EVER, people, schedules: [subject.id] }];
  }
  const question = { about: subject, at: since, away: [], severity: null, urgency: 'high' } as const;
  // Whether a channel works is another matter: this is about who is called.
  const path = forecast(question, { directory, policyRuns: new Map(), reach: () => null });
  return 'why' in path ? [] : path.moments.flatMap((moment) => rungOf(moment, directory));
}

function rungOf(moment: Moment, directory: Directory): readonly Rung[] {
  if (moment.kind !== 'step' && moment.kind !== 'last_resort') return [];
  const schedules = moment.targets.flatMap(({ target: { kind, id } }) => {
    const schedule = kind === 'schedule' ? id : kind === 'team' ? directory.teams.get(id)?.schedule : null;
    return schedule ? [schedule] : [];
  });
  return [
    {
      at: moment.at,
      until: moment.kind === 'step' ? moment.until : FOR_EVER,
      people: moment.pages.map(({ personId }) => personId),
      schedules,
    },
  ];
}
