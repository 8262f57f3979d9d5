import { describe, expect, it } from 'vitest';
import { generic } from './generic.ts';

const CONTEXT = { source: 'generic', receivedAt: new Date('2026-03-02T06:00:00Z'), headers: {}, query: {} };

function read(body: unknown) {
  const { signals, rejected } = generic.parse(body, CONTEXT);
  expect(rejected).toEqual([]);
  return signals[0];
}

describe('a generic alert', () => {
  it('needs no more than a title', () => {
    expect(read({ title: 'Disk full' })).toMatchObject({
      title: 'Disk full',
      status: 'firing',
      severity: 'warning',
      service: null,
      startsAt: CONTEXT.receivedAt,
      startsAtGuessed: true,
    });
  });

  it('without a key is known by its title, service and host, whatever its state says', () => {
    const key = (body: object) => read(body)?.key;
    expect(key({ title: '[Triggered] Disk full', host: 'db-1' })).toBe(
      key({ title: '[Recovered] Disk full', host: 'db-1', status: 'ok' }),
    );
    expect(key({ title: 'Disk full', host: 'db-1' })).not.toBe(key({ title: 'Disk full', host: 'db-2' }));
    expect(key({ title: '[prod] Disk full' })).not.toBe(key({ title: '[dev] Disk full' }));
  });

  it.each([
    [{ status: 'incident.resolved' }, 'resolved'],
    [{ state: 'OK' }, 'resolved'],
    [{ action: 'close' }, 'resolved'],
    [{ severity: 'ok' }, 'resolved'],
    [{ resolved: true }, 'resolved'],
    [{ status: 'not ok' }, 'firing'],
    [{ status: 'flibbert' }, 'firing'],
    [{ action: '' }, 'firing'],
    [{ event_action: 'acknowledge' }, 'acknowledged'],
  ])('with %j is %s', (fields, status) => {
    expect(read({ title: 'x', ...fields })?.status).toBe(status);
  });

  it.each([
    [{ severity: 'high' }, 'error'],
    [{ state: 'critical' }, 'critical'],
    [{ priority: 1 }, 'critical'],
    [{ priority: 'P4' }, 'info'],
    [{ severity: 3 }, 'warning'],
    [{ labels: { severity: 'crit' } }, 'critical'],
  ])('with %j has the severity %s', (fields, severity) => {
    expect(read({ title: 'x', ...fields })?.severity).toBe(severity);
  });

  it('keeps what it does not understand as labels, whatever its type', () => {
    const body = {
      title: 'x',
      region: 'eu',
      attempts: 3,
      labels: { n: 1, list: ['a', 'b'], deep: { a: 1 }, no: null },
    };
    expect(read({ ...body, tags: ['env:prod', 'urgent'] })?.labels).toEqual({
      n: '1',
      list: 'a, b',
      deep: '{"a":1}',
      env: 'prod',
      urgent: 'true',
      region: 'eu',
      attempts: '3',
    });
  });

  it('never reaches a prototype', () => {
    const evil: unknown = JSON.parse(
      '{"title":"pp","labels":{"__proto__":{"polluted":true},"constructor":{"a":1}},"__proto__":{"x":1}}',
    );
    expect(read(evil)?.labels).toEqual({ constructor: '{"a":1}' });
    expect('polluted' in {}).toBe(false);
  });

  it('may be a text, one of a list, or inside an envelope', () => {
    expect(read('Backup failed\non db-1')).toMatchObject({
      title: 'Backup failed',
      description: 'Backup failed\non db-1',
    });
    expect(
      generic.parse({ team: 'a', alerts: [{ title: '1' }, { title: '2' }] }, CONTEXT).signals,
    ).toMatchObject([
      { title: '1', labels: { team: 'a' } },
      { title: '2', labels: { team: 'a' } },
    ]);
    expect(
      read({ event_action: 'trigger', dedup_key: 'k', payload: { summary: 's', severity: 'error' } }),
    ).toMatchObject({
      key: 'k',
      title: 's',
      severity: 'error',
    });
  });

  it.each([{}, { foo: 'bar' }, 17, null, { title: '' }, { severity: 'critical' }])(
    '%j is refused with the reason',
    (body) => {
      const parsed = generic.parse(body, CONTEXT);
      expect(parsed.signals).toEqual([]);
      expect(parsed.rejected[0]?.reason).toMatch(/title/);
    },
  );

  it('fits the limits, however much there is, and holds nothing that cannot be stored', () => {
    const huge = 'ü'.repeat(100_000);
    const labels = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`l${i}`, huge]));
    const signal = read({
      title: `a\u0000b\u202E\uD800${huge}`,
      dedup_key: huge,
      description: huge,
      service: huge,
      labels,
    });
    expect(signal?.title).toMatch(/^a b/);
    expect(JSON.stringify(signal)).not.toMatch(/\\u0000|\\ud800|\u202e/i);
    expect(Object.keys(signal?.labels ?? {})).toHaveLength(100);
    expect(signal?.key.length).toBeLessThanOrEqual(512);
  });

  it('of an Alertmanager behind the wrong URL is understood all the same', () => {
    const alert = {
      status: 'firing',
      labels: { alertname: 'X' },
      annotations: { summary: 'is down' },
      fingerprint: 'f',
    };
    expect(read({ alerts: [alert] })).toMatchObject({ key: 'f', title: 'X: is down' });
  });
});
