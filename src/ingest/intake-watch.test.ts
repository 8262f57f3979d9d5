import { describe, expect, it } from 'vitest';
import { signal } from '../../test/support/alerts.ts';
import { watchIntake } from './intake-watch.ts';

function watched(receive: () => Promise<void>) {
  let now = Date.parse('2026-08-03T12:00:00Z');
  const clock = { now: () => new Date(now) };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { ...watchIntake(receive, clock), pass };
}

const full = (): Promise<void> => Promise.reject(new Error('no space left on device'));

describe('the watch over the intake of alerts', () => {
  it('is well while alerts are stored, and while none come', async () => {
    const intake = watched(() => Promise.resolve());
    expect(intake.condition()).toMatchObject({ ok: true });
    await intake.receive([signal({})]);
    expect(intake.condition()).toMatchObject({ ok: true });
  });

  it('says why alerts cannot be stored, and passes the failure on to whoever posts', async () => {
    const intake = watched(full);
    await expect(intake.receive([signal({})])).rejects.toThrow('no space left');
    intake.pass(4_000);
    expect(intake.condition()).toEqual({
      ok: false,
      detail: 'alerts could not be stored 4 s ago: no space left on device',
    });
  });

  it('is well again as soon as one is stored, or after half a minute without another failure', async () => {
    let isFull = true;
    const intake = watched(() => (isFull ? full() : Promise.resolve()));
    await expect(intake.receive([])).rejects.toThrow();
    intake.pass(31_000);
    expect(intake.condition()).toMatchObject({ ok: true });
    await expect(intake.receive([])).rejects.toThrow();
    isFull = false;
    await intake.receive([]);
    expect(intake.condition()).toMatchObject({ ok: true });
  });
});
