import { describe, expect, it } from 'vitest';
import { transcriptOf, type Said } from '../../../test/support/postmortem-room.ts';
import { findActions } from './actions.ts';
import { sanitise } from './sanitise.ts';

/** The follow-ups of a room whose impact ended at minute 10. */
function actionsOf(...said: readonly Said[]) {
  const transcript = transcriptOf([[0, 'ana', 'x'], [0, 'ben', 'x'], [0, 'dev', 'x'], ...said]);
  const { lines, directory } = sanitise(transcript, []);
  const fromMs = Date.parse('2025-03-10T09:10:00Z');
  return findActions(lines, { fromMs, directory }).map(({ text, owner, due }) => ({ text, owner, due }));
}

describe('follow-ups', () => {
  it.each([
    ["I'll write a test for the importer by Monday", 'ana', 'by Monday'],
    ['I will raise the limit tomorrow', 'ana', 'tomorrow'],
    ['TODO: alert on pool saturation. mine', 'ana', null],
    ['action item: Dev to rotate the certificate before next week', 'dev', 'before next week'],
    ['action: rotate the certificate, owner @dev', 'dev', null],
    ['follow-up: document the failover (Ben)', 'ben', null],
    ['<@ben> could you document the failover?', 'ben', null],
    ['ben: please document the failover', 'ben', null],
    ['we should have an alert for certificate expiry', null, null],
  ])('%j after the recovery', (text, owner, due) => {
    expect(actionsOf([20, 'ana', text])).toMatchObject([{ owner, due }]);
  });

  it('belongs to whoever takes it', () => {
    const taken = actionsOf(
      [20, 'ana', 'we need an alert for forks'],
      [21, 'ben', 'I can take that, this week'],
    );
    expect(taken).toEqual([{ text: 'we need an alert for forks', owner: 'ben', due: 'this week' }]);
  });

  it('is no follow-up in the heat, unless somebody marks it', () => {
    expect(actionsOf([5, 'ana', '<@ben> can you check the logs please'])).toEqual([]);
    expect(actionsOf([5, 'ana', "I'll restart the workers"])).toEqual([]);
    expect(actionsOf([5, 'ana', 'TODO: raise the connection limit'])).toHaveLength(1);
  });

  it.each([
    "I'll grab a coffee",
    "I'll be back in five",
    'can we get a screenshot?',
    'thanks, well done all',
    'should we meet about it?',
    'sec',
  ])('%j is none', (text) => {
    expect(actionsOf([20, 'ana', text])).toEqual([]);
  });

  it('is listed once when it is said twice', () => {
    expect(
      actionsOf(
        [20, 'ana', 'TODO: alert on pool saturation'],
        [22, 'ben', 'action: alert on pool saturation'],
      ),
    ).toHaveLength(1);
  });
});
