import { expect, it } from 'vitest';
import { importExport } from '../import.ts';
import { opsgenie } from './translate.ts';

const NOW = new Date('2026-04-01T00:00:00Z');
const users = [
  { id: 'u1', username: 'ana@example.com', fullName: 'Ana' },
  { id: 'u2', username: 'ben@example.com', fullName: 'Ben' },
];
const user = (id: string) => ({ type: 'user', id });

it('names fields within things that nobody reads, of rotations and their hours too', () => {
  const restriction = { startHour: 8, startMin: 0, endHour: 18, endMin: 0, zone: 'UTC' };
  const odd = {
    id: 'r1',
    name: 'R',
    startDate: '2026-01-05T09:00:00Z',
    type: 'daily',
    length: 1,
    shade: 'red',
    participants: [{ ...user('u1'), weight: 2 }, user('u2')],
    timeRestriction: { type: 'time-of-day', restriction },
  };
  const rule = {
    condition: 'if-not-acked',
    notifyType: 'default',
    delay: { timeAmount: 0, timeUnit: 'minutes', jitter: 3 },
    recipient: user('u1'),
  };
  const value = {
    users,
    schedules: [{ id: 's1', name: 'S', timezone: 'UTC', enabled: true, rotations: [odd] }],
    escalations: [{ id: 'e1', name: 'E', rules: [rule] }],
  };
  const { notes } = importExport(opsgenie, [{ from: 'all.json', value }], NOW);
  const lines = notes.map(({ kind, about, text }) => `${kind} ${about}: ${text}`);
  expect(lines).toContain(
    'dropped schedule S, R: further fields: not read: shade, participants.weight, timeRestriction.restriction.zone.',
  );
  expect(lines.join('\n')).toContain('rules.delay.jitter (1)');
});
