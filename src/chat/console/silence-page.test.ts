import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { route, signal } from '../../../test/support/alerts.ts';
import { consoleWorld } from '../../../test/support/console-world.ts';
import type { ConsoleWorld } from '../../../test/support/console-world.ts';
import { aDirectory } from '../../../test/support/directory.ts';
import { person } from '../../domain/actor.ts';
import type { Alert } from '../../domain/alert/alert.ts';
import type { HeldSilence } from '../../domain/alert/silence.ts';

const NOW = new Date('2026-08-03T12:00:00Z');
const HOUR = 3_600_000;
const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

function silenceOf(change: Partial<HeldSilence> = {}): HeldSilence {
  return {
    id: 3,
    matchers: [{ label: 'alertname', op: 'matches', value: '<b>Disk</b>.*' }],
    by: person('ana'),
    at: later(-1),
    until: later(2),
    why: 'we replace <i>disks</i>',
    incidentId: null,
    endedAt: null,
    endedBy: null,
    movedAt: null,
    movedBy: null,
    held: 0,
    firing: 0,
    ...change,
  };
}

function heldAlert(title: string, labels: Readonly<Record<string, string>> = {}): Alert {
  const told = signal({ key: title, title, labels, service: 'checkout' });
  const { source, key } = told;
  const at = { firstAt: later(-0.5), lastAt: NOW };
  return { source, key, status: 'firing', signal: told, ...at, count: 1, groupId: null, silencedBy: 3 };
}

const hidden = route({
  name: 'hidden',
  matchers: [{ label: 'secret', op: 'equals', value: 'yes' }],
  visibility: 'private',
});

let world: ConsoleWorld;
beforeAll(async () => {
  world = await consoleWorld({ directory: aDirectory({ routes: [hidden, route()] }) });
});
beforeEach(() => {
  world.facts.silences = [];
  world.facts.held = new Map();
});
afterAll(() => world.close());

async function page(path: string, who = 'ana'): Promise<string> {
  return (await (await world.as(who)).page(path)).replaceAll(/\s+/g, ' ');
}

it('says that no alert is silenced, here and on the overview', async () => {
  world.facts.silences = [silenceOf({ until: later(-1) }), silenceOf({ id: 4, endedAt: later(-1) })];
  expect(await page('/silences')).toContain('None: every alert counts.');
  expect(await page('/')).toContain('<a href="/silences">No alerts are silenced</a>');
});

it('shows each silence, who made it, who moved its end, and what fires behind it', async () => {
  world.facts.silences = [
    silenceOf({ id: 5, until: later(9) }),
    silenceOf({ held: 4, firing: 3, movedAt: later(-0.2), movedBy: person('ben') }),
  ];
  world.facts.held.set(3, [
    heldAlert('Disk <b>full</b>'),
    heldAlert('Salaries leak', { secret: 'yes' }),
    heldAlert('Disk slow'),
  ]);

  const shown = await page('/silences');

  expect(shown).toMatch(/<strong>Silence 3<\/strong>.*<strong>Silence 5<\/strong>/s);
  expect(shown).toContain('&lt;b&gt;Disk&lt;/b&gt;.*');
  expect(shown).toMatch(/Made by <span class="person me">Ana[^<]*<\/span> at <time/);
  expect(shown).toContain('we replace &lt;i&gt;disks&lt;/i&gt;');
  expect(shown).toMatch(/Its end was moved by <span class="person">Ben[^<]*<\/span> at <time/);
  expect(shown).toContain('Holds back 4 alerts, 3 of them firing now.');
  expect(shown).toContain('<strong>Disk &lt;b&gt;full&lt;/b&gt;</strong> · checkout · since');
  expect(shown).not.toContain('Salaries');
  expect(shown).toContain('<li>and 1 more</li>');
  expect(await page('/')).toContain('<a href="/silences">2 silences hold alerts back</a>');
});

it('ends one and moves its end as the typed command does', async () => {
  world.facts.silences = [silenceOf()];
  const ana = await world.as('ana');
  const shown = await ana.page('/silences');
  const commands = [...shown.matchAll(/name="command" value="(silence [^"]+)"/g)].map(
    ([, command]) => command,
  );
  expect(commands).toEqual(['silence 3 2h', 'silence end 3']);
  await ana.post('/ask', { command: 'silence end 3' });
  expect(world.heard.at(-1)).toMatchObject({ kind: 'command', text: 'silence end 3', by: 'ana' });

  const guest = world.browser();
  await guest.post('/identity', { who: 'guest' });
  expect(await guest.page('/silences')).not.toContain('silence end 3');
});
