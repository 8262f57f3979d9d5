import { describe, expect, it } from 'vitest';
import { transcriptOf, type RoomSetting, type Said } from '../../../test/support/postmortem-room.ts';
import { draftPostmortem } from './draft.ts';

const BOTS = ['am', 'cd', 'inc'];
const timesOf = (said: readonly Said[], setting: RoomSetting = {}) =>
  draftPostmortem(transcriptOf(said, { bots: BOTS, ...setting })).times;
const ALERT: Said = [30, 'am', '[FIRING:1] ShopErrors prod'];

describe('start of the impact', () => {
  it('is what somebody stated, even long before the first sign', () => {
    const said: readonly Said[] = [ALERT, [35, 'ana', 'first errors at 07:05, nobody saw them']];
    expect(timesOf(said).impactStart).toMatchObject({ at: '2025-03-10T07:05:00.000Z', confidence: 'high' });
  });

  it('is else the time of the change that was named as the cause', () => {
    const said: readonly Said[] = [ALERT, [40, 'ana', 'the 09:12 release removed the index, that is why']];
    expect(timesOf(said).impactStart).toMatchObject({ at: '2025-03-10T09:12:00.000Z', messageIds: ['m2'] });
  });

  it('is else what the alert says it waited', () => {
    expect(timesOf([[30, 'am', '[FIRING] ProbeFailed shop - failed for 10m']]).impactStart?.at).toBe(
      '2025-03-10T09:20:00.000Z',
    );
  });

  it('is else the last deploy of the half hour before, and not an older one', () => {
    expect(timesOf([[12, 'cd', 'shop: deploy v7 to prod succeeded'], ALERT]).impactStart).toMatchObject({
      messageIds: ['m1'],
    });
    expect(timesOf([[12, 'cd', 'shop: deploy v7 to staging succeeded'], ALERT]).impactStart).toMatchObject({
      messageIds: ['m2'],
    });
    expect(timesOf([[-12, 'cd', 'shop: deploy v7 to prod succeeded'], ALERT]).impactStart).toMatchObject({
      messageIds: ['m2'],
      confidence: 'low',
    });
  });

  it('asks the commander when two candidates are far apart', () => {
    const said: readonly Said[] = [
      [12, 'cd', 'shop: deploy v7 to prod succeeded'],
      ALERT,
      [35, 'ana', 'dead since 07:05'],
    ];
    const { openQuestions } = draftPostmortem(transcriptOf(said, { bots: BOTS }));
    expect(openQuestions[0]).toMatchObject({ messageIds: ['m3', 'm1'] });
  });
});

describe('end of the impact', () => {
  it('is the first word of recovery that holds', () => {
    const said: readonly Said[] = [
      ALERT,
      [40, 'ana', 'checkout works again'],
      [43, 'ben', 'no, still failing for me'],
      [50, 'ana', 'error rate is back to normal'],
    ];
    expect(timesOf(said).mitigated?.messageIds).toEqual(['m4']);
  });

  it.each([
    'is it back to normal?',
    'maybe it is back up',
    "it's not back yet",
    'we are rolling back now',
    'once it is back up we can eat',
    'staging is back up',
  ])('is not %j', (text) => {
    expect(timesOf([ALERT, [40, 'ana', text]]).mitigated).toBeNull();
  });

  it('is the alert that cleared when nobody says a word', () => {
    expect(timesOf([ALERT, [50, 'am', '[RESOLVED] ShopErrors prod']]).mitigated).toMatchObject({
      messageIds: ['m2'],
      source: 'alert cleared',
    });
  });

  it('is resolved by the words of a team without a bot', () => {
    expect(
      timesOf([ALERT, [50, 'ana', 'all services are back'], [55, 'ana', 'ok closing this']]).resolved
        ?.messageIds,
    ).toEqual(['m3']);
  });
});

describe('acknowledged', () => {
  it('is the first who takes it after the first sign', () => {
    const said: readonly Said[] = [
      [1, 'ben', 'looking into the coffee machine'],
      ALERT,
      [31, 'rob', 'is anybody looking?'],
      [32, 'ana', 'on it'],
    ];
    expect(timesOf(said).acknowledged?.messageIds).toEqual(['m4']);
  });

  it('is the post of the pager when nobody speaks earlier', () => {
    expect(timesOf([ALERT, [31, 'inc', 'Ana acknowledged page 12']]).acknowledged?.messageIds).toEqual([
      'm2',
    ]);
  });
});
