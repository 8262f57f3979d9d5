import { describe, expect, it } from 'vitest';
import { aPerson } from '../../../test/support/directory.ts';
import { readNames, type NameRules } from './who.ts';

const PEOPLE = new Map(
  [
    aPerson('ana', { name: 'Ana Silva', email: 'ana@example.com', handles: { slack: 'U1' } }),
    aPerson('ben', { name: 'Ben Okafor', email: 'Ben.Okafor@Example.com' }),
    aPerson('sam', { name: 'Sam Lee', email: null }),
    aPerson('samuel', { name: 'Sam Lee', email: null }),
  ].map((person) => [person.id, person]),
);
const USUAL: NameRules = { map: {}, from: 'auto', title: null };

function meant(
  title: string,
  attendees: readonly { email: string | null; name: string | null }[] = [],
  rules: Partial<NameRules> = {},
) {
  const { people, unknown } = readNames({ ...USUAL, ...rules }, PEOPLE)({ title, attendees: [...attendees] });
  return unknown.length === 0 ? people : { people, unknown };
}

const invited = (email: string | null, name: string | null = null) => ({ email, name });

describe('whom an event means', () => {
  it.each([
    ['ana'],
    ['Ana Silva'],
    ['  ANA  silva '],
    ['ana@example.com'],
    ['@ana'],
    ['On call: Ana Silva'],
    ['On-Call - ana'],
    ['Ana Silva on call'],
    ['Ana Silva (on-call)'],
    ['U1'],
  ])('is told by the title %j', (title) => {
    expect(meant(title)).toEqual(['ana']);
  });

  it.each([['Ana Silva, Ben Okafor'], ['On call: ana & ben'], ['ana / ben'], ['ana and ben']])(
    'is several people in %j',
    (title) => {
      expect(meant(title)).toEqual(['ana', 'ben']);
    },
  );

  it('is told by the attendees, whatever the title says', () => {
    expect(meant('Primary', [invited('ANA@example.com'), invited(null, 'Ben Okafor')])).toEqual([
      'ana',
      'ben',
    ]);
  });

  it('is told by the title where no attendee is known, such as the address of a list', () => {
    expect(meant('Ben Okafor', [invited('oncall-list@example.com')])).toEqual(['ben']);
  });

  it('is told by one of the two alone where the rules say so', () => {
    const list = [invited('ana@example.com')];
    expect(meant('Ben Okafor', list, { from: 'title' })).toEqual(['ben']);
    expect(meant('Ben Okafor', list, { from: 'attendees' })).toEqual(['ana']);
  });

  it('is told by the shape of a title', () => {
    const rules = { title: 'L1 {person} – *' };
    expect(meant('L1 Ana Silva – payments (EU)', [], rules)).toEqual(['ana']);
    expect(meant('Ana Silva', [], rules)).toEqual({ people: [], unknown: ['Ana Silva'] });
    expect(meant('x (ana) y', [], { title: '* ({person}) *' })).toEqual(['ana']);
  });

  it('is told by the map, before everything else; an empty entry means nobody and is no mistake', () => {
    const map = { 'Ana S.': ['ana'], Duo: ['ana', 'ben'], 'Public holiday': [], 'ben@old.example': ['ben'] };
    expect(meant('ana s.', [], { map })).toEqual(['ana']);
    expect(meant('On call: Ana S., Ben Okafor', [], { map })).toEqual(['ana', 'ben']);
    expect(meant('Duo', [], { map })).toEqual(['ana', 'ben']);
    expect(meant('Public holiday', [invited('ana@example.com')], { map })).toEqual([]);
    expect(meant('x', [invited('ben@old.example')], { map })).toEqual(['ben']);
  });

  it('is said not to be known, also beside names that are', () => {
    expect(meant('Zoe')).toEqual({ people: [], unknown: ['Zoe'] });
    expect(meant('')).toEqual({ people: [], unknown: ['(no title)'] });
    expect(meant('Ana Silva, Zoe')).toEqual({ people: ['ana'], unknown: ['zoe'] });
    expect(meant('x', [invited('ana@example.com'), invited('zoe@example.com', 'Zoe')])).toEqual({
      people: ['ana'],
      unknown: ['Zoe'],
    });
    expect(meant('Ben covers for Ana Silva')).toEqual({ people: [], unknown: ['Ben covers for Ana Silva'] });
  });

  it('is nobody where two people have the name', () => {
    expect(meant('Sam Lee')).toEqual({ people: [], unknown: ['Sam Lee'] });
    expect(meant('samuel')).toEqual(['samuel']);
  });
});
