import { describe, expect, it } from 'vitest';
import type { Alert } from '../../domain/alert/alert.ts';
import { BOT, person } from '../../domain/actor.ts';
import { PageEnd } from '../../domain/page/page.ts';
import { buttonsOf, ChatWorld } from '../../../test/support/chat-world.ts';
import { aDirectory, minutes } from '../../../test/support/directory.ts';
import { anIncident } from '../../../test/support/incident.ts';
import { aNotice } from '../../../test/support/page-notice.ts';
import { Message } from '../message.ts';
import { announcement } from './announcement.ts';
import { broadcast } from './broadcast.ts';
import { incidentCard } from './incident-card.ts';
import { roomNameOf } from './naming.ts';
import { pageNotice } from './page-notice.ts';

const directory = aDirectory();

function anAlert(title: string, status: Alert['status'] = 'firing'): Alert {
  const at = new Date('2026-03-02T02:50:00Z');
  const signal = {
    source: 'am',
    key: title,
    status,
    severity: 'critical',
    title,
    description: null,
    service: null,
    labels: {},
    links: [],
    startsAt: at,
    endsAt: null,
  } as const;
  return {
    source: 'am',
    key: title,
    status,
    signal: { ...signal, labels: {}, links: [] },
    firstAt: at,
    lastAt: at,
    count: 1,
    groupId: null,
    silencedBy: null,
  };
}

/** The card of incident #1 of a world, as it is now. */
async function cardIn(world: ChatWorld): Promise<Message> {
  const { reads } = world;
  return incidentCard({
    incident: world.incident(1),
    runs: await reads.runsOf(1),
    pages: await reads.pagesOf(1),
    alerts: await reads.alertsOf(1),
    directory: world.directory,
  });
}

function factOf(message: Message, label: string): string {
  const facts = message.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  return JSON.stringify(facts.find((fact) => fact.label === label)?.value);
}

describe('the card of an incident', () => {
  it('says who is paged and who is next when', async () => {
    const world = new ChatWorld();
    await world.declare();
    const card = await cardIn(world);
    expect(Message.parse(card)).toEqual(card);
    expect(card.plain).toBe('#1 Payments fail: triage. Paging Ana; next Ben at 2026-03-02 03:05 (UTC).');
    expect(card.tone).toBe('danger');
    expect(factOf(card, 'Commander')).toContain('nobody yet');
    expect(buttonsOf(card)).toEqual(['acknowledge', 'escalate-now', 'take-command', 'post-update']);
  });

  it('follows the incident: who has it, what was said last, what is due', async () => {
    const world = new ChatWorld();
    await world.declare();
    world.alerts.set(
      1,
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((title) => anAlert(title)).concat(anAlert('old', 'resolved')),
    );
    await world.door.say({
      type: 'incident.note_alerts',
      by: BOT,
      incidentId: 1,
      firing: 7,
      total: 8,
      titles: ['a', 'b', 'c', 'd', 'e'],
      joined: 8,
      cleared: 0,
      severity: null,
      startsAt: new Date('2026-03-02T02:50:00Z'),
    });
    await world.type('ack', { by: person('ben') });
    await world.type('lead', { by: person('ben') });
    await world.type('update Rolling back next in 30m', { by: person('ben') });
    await world.type('task call @cleo', { by: person('ben') });
    const card = await cardIn(world);
    expect(factOf(card, 'On it')).toContain('has it since');
    expect(factOf(card, 'Since')).toContain('2026-03-02T02:50');
    expect(factOf(card, 'Last update')).toContain('Rolling back');
    expect(factOf(card, 'Next update')).toContain('2026-03-02T03:30');
    expect(factOf(card, 'Tasks')).toContain('0 of 1 done');
    expect(JSON.stringify(card.blocks)).toContain('and 2 more firing');
    expect(buttonsOf(card)).toEqual(['post-update', 'resolve']);
    await world.type('resolve', { by: person('ben') });
    const over = await cardIn(world);
    expect(over.tone).toBe('good');
    expect(buttonsOf(over)).toEqual(['draft-postmortem']);
  });

  it('says when the pages are silenced', async () => {
    const world = new ChatWorld();
    await world.declare();
    await world.type('snooze 30m');
    expect((await cardIn(world)).plain).toContain('Silenced until 2026-03-02 03:30 (UTC).');
  });

  it('says of a drill that it is one, everywhere', async () => {
    const world = new ChatWorld();
    await world.declare('Fire exercise drill');
    const [first] = world.log(1);
    const incident = world.incident(1);
    const screens = [
      await cardIn(world),
      announcement(first!, { incident, directory }),
      broadcast(first!, { incident, directory }),
    ];
    for (const screen of screens) {
      expect(screen?.tone).toBe('drill');
      expect(screen?.plain).toMatch(/drill/i);
    }
    expect(roomNameOf(incident, directory)).toBe('drill-1-fire-exercise');
    expect(pageNotice(aNotice({ isDrill: true }), directory).plain).toMatch(/^DRILL: /);
    expect(pageNotice(aNotice({ isDrill: true, isTest: true }), directory).plain).toMatch(/^TEST: /);
  });
});

describe('the name of a room', () => {
  it.each([
    ['Checkout 5xx', 'inc-42-checkout-5xx'],
    ['  <!channel> Ünïcode & “quotes” ', 'inc-42-channel-ünïcode-quotes'],
    ['数据库', 'inc-42-数据库'],
    ['!!!', 'inc-42'],
    ['x'.repeat(300), `inc-42-${'x'.repeat(60)}`],
  ])('of “%s” keeps what every platform can write in its own letters', (title, name) => {
    expect(roomNameOf(anIncident({ title }), directory)).toBe(name);
  });

  it('is made as the configuration says', () => {
    const roomName = '{date}_{severity}-{service}-{number}-{title}';
    const incident = anIncident({ title: 'Größe falsch', declaredAt: new Date('2026-03-01T23:30:00Z') });
    const settings = { ...directory.settings, zone: 'Europe/Berlin', roomName };
    expect(roomNameOf({ ...incident, service: null }, { settings })).toBe(
      `2026-03-02_${incident.severity}-42-größe-falsch`,
    );
    expect(
      roomNameOf({ ...incident, kind: 'drill' }, { settings: { ...settings, roomName: 'inc-{number}' } }),
    ).toBe('drill-42');
  });
});

describe('the direct message of a page', () => {
  it('says what is on fire, how bad, since when, what helps, and what to press', () => {
    const message = pageNotice(aNotice(), directory);
    expect(Message.parse(message)).toEqual(message);
    const shown = JSON.stringify(message.blocks);
    for (const part of [
      'SEV1',
      'Payments fail',
      'Checkout',
      'Error rate above 30 %',
      'Bob',
      'Please look at the card gateway.',
      'https://wiki.example.com/checkout',
      '2026-08-03T12:05',
    ]) {
      expect(shown).toContain(part);
    }
    expect(buttonsOf(message)).toEqual(['acknowledge', 'escalate-now', 'decline', 'open-room']);
    expect(message.notify).toEqual(['zoe']);
  });

  it.each(PageEnd.options)('says how it ended (%s), and only one that went on can still be taken', (why) => {
    const message = pageNotice(
      aNotice({ end: { why, by: 'Bob', at: new Date('2026-08-03T12:03:00Z') } }),
      directory,
    );
    expect(buttonsOf(message)).toEqual(why === 'escalated' ? ['acknowledge'] : []);
    expect(message.notify).toEqual([]);
    expect(message.plain).toContain('2026-08-03 14:03 (Europe/Berlin)');
  });

  it('takes an absurd alert for what it is: text', () => {
    const alerts = ['<!channel> \u202Eevil', 'x'.repeat(5000)];
    const shown = JSON.stringify(
      pageNotice(aNotice({ alerts, title: '@everyone', message: 'y'.repeat(9000) }), directory),
    );
    expect(shown).not.toContain('\u202E');
    expect(shown.length).toBeLessThan(4000);
  });
});

describe('an announcement', () => {
  it('notifies those who were given something to do by somebody else', async () => {
    const world = new ChatWorld();
    await world.declare();
    await world.type('task call the vendor @ben');
    await world.type('lead');
    const notified = world
      .log(1)
      .map((recorded) => announcement(recorded, { incident: world.incident(1), directory })?.notify ?? []);
    expect(notified.flat()).toEqual(['ben']);
  });

  it('offers what is likely to be wanted next', async () => {
    const world = new ChatWorld();
    await world.declare();
    const said = (event: Parameters<typeof announcement>[0]['event']) =>
      announcement(
        { incidentId: 1, seq: 9, at: world.now, by: { kind: 'bot' }, event },
        { incident: world.incident(1), directory },
      );
    expect(buttonsOf(said({ type: 'incident.alerts_cleared', total: 2 })!)).toEqual(['resolve']);
    expect(
      buttonsOf(
        said({ type: 'incident.update_due', since: new Date(world.now.getTime() - minutes(30)), by: null })!,
      ),
    ).toEqual(['post-update']);
    expect(said({ type: 'page.acted', pageId: '1/1/1', attemptId: '1/1/1/0' })).toBeNull();
  });
});
