import { describe, expect, it } from 'vitest';
import { aDirectory, aPerson } from '../../../test/support/directory.ts';
import { person } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { readSilence } from './read-silence.ts';
import { isWide, mayChange, mayStart, withServiceIds } from './silence-rules.ts';

const NOW = new Date('2026-03-02T03:00:00Z');
const MINUTE = 60_000;
const company = aDirectory();
const [ADMIN, OBSERVER] = ['dev', 'sue'];
const directory = {
  ...company,
  people: new Map([
    ['ana', aPerson('ana')],
    [ADMIN, aPerson(ADMIN, { access: 'admin' })],
    [OBSERVER, aPerson(OBSERVER, { access: 'observer' })],
  ]),
};

function matchersOf(text: string) {
  const read = readSilence(text);
  if ('refusal' in read) throw new Error(read.refusal.why);
  return read.matchers;
}

function no(text: string, { minutes = 60, by = person('ana'), why = null }: Said = {}): string | null {
  const until = new Date(NOW.getTime() + minutes * MINUTE);
  const command = {
    type: 'silence.start',
    by,
    matchers: matchersOf(text),
    until,
    why,
    incidentId: null,
  } as const;
  return mayStart(command, { now: NOW, directory })?.why ?? null;
}

interface Said {
  readonly minutes?: number;
  readonly by?: Actor;
  readonly why?: string | null;
}

describe('a silence may be made', () => {
  it.each([
    'service=checkout',
    'alertname=~"Disk.*" env!=prod',
    'team="" instance=db1',
    'cluster=~eu1|eu2',
    'alertname=~"(?i).*(disk|memory|inode).*(full|slow|error).*"',
    'instance=~"(db|web|cache)[0-9]+\\.eu[12]\\.example\\.com:[0-9]+"',
  ])('%s', (text) => {
    expect(no(text)).toBe(null);
  });

  it('for a minute to thirty days', () => {
    const day = 24 * 60;
    expect(no('service=x', { minutes: 1 })).toBe(null);
    expect(no('service=x', { minutes: 30 * day })).toBe(null);
    expect(no('service=x', { minutes: 0.5 })).toContain('a minute at least');
    expect(no('service=x', { minutes: -1 })).toContain('over already');
    expect(no('service=x', { minutes: 30 * day + 1 })).toContain('30 days at most');
    expect(no('service=x', { why: 'x'.repeat(281) })).toContain('more than 280');
  });

  it('by those who respond', () => {
    expect(no('service=x', { by: person(OBSERVER) })).toContain('observer');
    expect(no('service=x', { by: person('nobody') })).toContain('configured person');
    expect(mayChange({ kind: 'guest', platform: 'slack', id: 'U1', name: 'Eve' }, directory)?.why).toContain(
      'configured person',
    );
  });

  it.each([
    'severity=critical',
    'alertname=~"(?i).+" severity=info',
    'source=alertmanager',
    'service=~.+',
    'severity=info service!=search',
  ])('by an admin alone, when it would hold back alerts of every service: %s', (text) => {
    expect(isWide(matchersOf(text))).toBe(true);
    expect(no(text)).toContain('of every service, which only an admin can do');
    expect(no(text, { by: person(ADMIN) })).toBe(null);
  });

  it.each([
    ['', 'Which alerts?'],
    ['team=""', 'do not even have that label'],
    ['service!=search', 'do not even have that label'],
    ['service=~.*', 'do not even have that label'],
    ['team!=a env=~"x|"', 'do not even have these labels'],
    ['service=~"("', 'The pattern of service cannot be used: a "(" is never closed'],
    ['service=~"(?=x)"', 'no look-around'],
    ['service=~"(a{100}){100}"', 'cannot be used'],
    ['service=~"[a-z]{400}"', 'too large'],
    ['service=~"(.*a){70}"', 'too large'],
    [`service=~"(${Array.from({ length: 30 }, () => 'a').join('|')})*"`, 'too large'],
    [`service=${'x'.repeat(501)}`, 'longer than 500'],
    [Array.from({ length: 11 }, (_, i) => `l${i}=x`).join(' '), '10 matchers at most'],
  ])('but not of %s', (text, why) => {
    expect(no(text, { by: person(ADMIN) })).toContain(why);
  });

  it('names a service as the configuration does', () => {
    const [service] = directory.services.values();
    if (!service) throw new Error('expected a service');
    expect(withServiceIds(matchersOf(`service="${service.name}" env=x`), directory)).toEqual(
      matchersOf(`service=${service.id} env=x`),
    );
    expect(withServiceIds(matchersOf('service=~"Check.*"'), directory)).toEqual(
      matchersOf('service=~"Check.*"'),
    );
  });
});
