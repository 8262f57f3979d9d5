import { describe, expect, it } from 'vitest';
import { aDirectory, aPerson, byId } from '../../../test/support/directory.ts';
import { BOT, person } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { DomainEvent } from '../event.ts';
import type { RecordedEvent } from '../event.ts';
import type { Line } from '../text.ts';
import { lineOf } from './line.ts';
import { timelineOf } from './timeline.ts';
import { weightOf } from './weight.ts';

const DUE = new Date('2026-03-02T18:00:00Z');
const directory = aDirectory({ people: byId([aPerson('ana'), aPerson('ben'), aPerson('cleo')]) });

function recorded(event: DomainEvent, by: Actor = person('ana'), seq = 1): RecordedEvent {
  return { incidentId: 1, seq, at: new Date('2026-03-02T03:00:00Z'), by, event };
}

/** A line as a person would read it aloud. */
function read(line: Line | null): string | null {
  return line === null
    ? null
    : line
        .map((span) => {
          if (typeof span === 'string') return span;
          if ('bold' in span) return span.bold;
          if ('person' in span) return directory.people.get(span.person)?.name ?? span.person;
          return 'time' in span ? span.time.toISOString().slice(11, 16) : JSON.stringify(span);
        })
        .join('');
}

const declared = {
  type: 'incident.declared',
  title: 'Payments fail',
  summary: null,
  severity: 'sev1',
  kind: 'real',
  visibility: 'public',
  service: 'checkout',
  policy: 'default',
  targets: [],
  rulesNow: false,
  members: [],
  wantsRoom: true,
  autoResolve: false,
  ackTakesCommand: false,
} as const satisfies Partial<DomainEvent>;

const step = { at: 'step', policy: 0, round: 0, step: 1 } as const;
const alerts = {
  type: 'incident.alerts_changed',
  firing: 3,
  total: 4,
  titles: ['5xx', 'slow'],
  joined: 3,
  cleared: 0,
} as const;

const READS: readonly (readonly [event: unknown, by: Actor, words: string | null])[] = [
  [
    declared,
    { kind: 'monitor', source: 'alertmanager' },
    'Alert from alertmanager: Payments fail (SEV1, service Checkout).',
  ],
  [
    { ...declared, kind: 'drill', service: null, targets: [{ kind: 'person', id: 'ben' }] },
    person('ana'),
    'Ana started the drill Payments fail (SEV1) and pages Ben.',
  ],
  [{ type: 'incident.acknowledged' }, person('ben'), 'Ben acknowledged.'],
  [{ type: 'incident.unacknowledged' }, person('ben'), 'Ben gave it back; paging goes on.'],
  [
    { type: 'incident.status_changed', from: 'triage', to: 'identified', message: 'bad deploy' },
    person('ana'),
    'Ana set the status to identified (was triage): bad deploy',
  ],
  [
    { type: 'incident.update_posted', text: 'Rolling back.', status: 'identified', nextDue: DUE },
    person('ana'),
    'Update from Ana (identified): Rolling back. Next update by 18:00.',
  ],
  [
    { type: 'incident.severity_changed', from: 'sev3', to: 'sev1', reason: null },
    person('ana'),
    'Ana raised the severity from SEV3 to SEV1.',
  ],
  [
    { type: 'incident.severity_changed', from: 'sev1', to: 'sev3', reason: 'exports only' },
    person('ana'),
    'Ana lowered the severity from SEV1 to SEV3: exports only',
  ],
  [
    { type: 'incident.role_assigned', role: 'commander', personId: 'ana', previous: null, note: null },
    person('ana'),
    'Ana is now commander.',
  ],
  [
    {
      type: 'incident.role_assigned',
      role: 'commander',
      personId: 'ben',
      previous: 'ana',
      note: 'half done',
    },
    person('ana'),
    'Ana made Ben commander, from Ana. half done',
  ],
  [
    { type: 'incident.members_added', personIds: ['ben', 'cleo'] },
    person('ana'),
    'Ana brought in Ben and Cleo.',
  ],
  [{ type: 'incident.members_added', personIds: ['ana'] }, person('ana'), 'Ana joined.'],
  [
    { type: 'incident.noted', text: 'restarted', at: DUE },
    { kind: 'guest', platform: 'slack', id: 'U1', name: 'Kim' },
    'Kim (guest) noted: restarted',
  ],
  [
    { type: 'incident.task_added', number: 2, text: 'call', owner: 'ben', due: DUE },
    person('ana'),
    'Ana added task 2 for Ben: call (due 18:00)',
  ],
  [
    { type: 'incident.resolved', summary: 'rolled back', byItself: false },
    person('ana'),
    'Ana resolved it: rolled back',
  ],
  [
    { type: 'incident.resolved', summary: null, byItself: true },
    BOT,
    'Every alert cleared before anybody had to act: it resolved by itself.',
  ],
  [alerts, BOT, '3 alerts fired: 5xx; slow and 1 more. 3 of 4 firing.'],
  [{ ...alerts, titles: [], joined: 0, cleared: 1 }, BOT, '1 alert cleared. 3 of 4 firing.'],
  [{ type: 'incident.alerts_cleared', total: 4 }, BOT, 'All 4 alerts have cleared.'],
  [
    { type: 'incident.target_missed', target: 'acknowledge', phase: 'missed', due: DUE },
    BOT,
    'It should have been acknowledged by 18:00 and is not.',
  ],
  [
    { type: 'incident.effect_given_up', what: 'open the room', reason: 'no rights' },
    BOT,
    'Firebell could not open the room: no rights',
  ],
  [
    {
      type: 'escalation.step_reached',
      runId: '1/1',
      position: step,
      pages: [{ pageId: '1/1/2', personId: 'ben' }],
      told: [{ kind: 'channel', id: 'ops' }],
      ackBy: DUE,
    },
    BOT,
    'Step 2 pages Ben and tells the channel ops. Without an answer it goes on at 18:00.',
  ],
  [
    {
      type: 'escalation.step_reached',
      runId: '1/1',
      position: { at: 'last_resort', call: 1 },
      pages: [{ pageId: '1/1/3', personId: 'cleo' }],
      told: [],
      ackBy: DUE,
    },
    BOT,
    'The last resort (call 2) pages Cleo. Without an answer it goes on at 18:00.',
  ],
  [
    {
      type: 'escalation.step_skipped',
      runId: '1/1',
      position: { ...step, round: 1, step: 0 },
      reason: 'nobody',
    },
    BOT,
    'Step 1, round 2 was skipped: nobody is on call there.',
  ],
  [
    { type: 'escalation.exhausted', runId: '1/1' },
    BOT,
    'Every step was tried and nobody answered. The last resort is paged until somebody acknowledges.',
  ],
  [
    {
      type: 'escalation.page_lost',
      runId: '1/1',
      pageId: '1/1/1',
      personId: 'ana',
      reason: 'direct messages are closed',
    },
    BOT,
    'Ana could not be reached: direct messages are closed',
  ],
  [{ type: 'escalation.declined', runId: '1/1', personId: 'ben' }, person('ben'), 'Ben cannot take it.'],
  [
    { type: 'escalation.snoozed', runId: '1/1', until: DUE },
    person('ben'),
    'Ben silenced the pages until 18:00.',
  ],
  [
    { type: 'escalation.acknowledged', runId: '1/1', promisedBy: DUE, stillPaging: [], signOfLifeBy: null },
    person('ben'),
    'Ben promised a first update by 18:00.',
  ],
  [
    { type: 'escalation.acknowledged', runId: '1/1', promisedBy: null, stillPaging: [], signOfLifeBy: null },
    person('ben'),
    null,
  ],
  [
    { type: 'page.attempt_intended', pageId: '1/1/1', attemptId: '1/1/1/0', rule: 0, channel: 'dm' },
    BOT,
    null,
  ],
  [
    { type: 'page.attempt_failed', pageId: '1/1/1', attemptId: '1/1/1/0', reason: 'closed' },
    BOT,
    'An attempt to page failed: closed',
  ],
];

describe('a line of the timeline', () => {
  it.each(READS)('%j', (event, by, words) => {
    expect(read(lineOf(recorded(DomainEvent.parse(event), by), directory))).toBe(words);
  });
});

describe('the timeline', () => {
  const note: DomainEvent = {
    type: 'incident.noted',
    text: 'the vendor called',
    at: new Date('2026-03-02T01:00:00Z'),
  };
  const events = [
    recorded({ type: 'incident.acknowledged' }, person('ana'), 1),
    recorded({ type: 'page.acted', pageId: '1/1/1', attemptId: '1/1/1/0' }, BOT, 2),
    recorded(note, person('ben'), 3),
    recorded({ type: 'incident.unacknowledged' }, person('ana'), 4),
  ];

  it('stands in the order of the times that its entries speak of, without machinery', () => {
    expect(timelineOf(events, directory).map(({ seq, by }) => [seq, by])).toEqual([
      [3, person('ben')],
      [1, person('ana')],
      [4, person('ana')],
    ]);
  });

  it('knows what matters', () => {
    expect(timelineOf(events, directory).map(({ weight }) => weight)).toEqual(['key', 'key', 'key']);
    expect(weightOf({ type: 'incident.target_missed', target: 'resolve', phase: 'soon', due: DUE })).toBe(
      'normal',
    );
    expect(weightOf({ type: 'page.acted', pageId: '1/1/1', attemptId: '1/1/1/0' })).toBe('noise');
  });
});
