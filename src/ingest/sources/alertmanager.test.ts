import { describe, expect, it } from 'vitest';
import { alertmanager } from './alertmanager.ts';

const CONTEXT = {
  source: 'alertmanager',
  receivedAt: new Date('2026-03-02T06:00:00Z'),
  headers: {},
  query: {},
};

function read(alert: object, around: object = {}) {
  const parsed = alertmanager.parse({ version: '4', status: 'firing', alerts: [alert], ...around }, CONTEXT);
  return parsed.signals[0];
}

const labels = { alertname: 'HighLatency', job: 'checkout', severity: 'page' };

describe('an alert of Alertmanager', () => {
  it('is known by its fingerprint, else by its labels in whatever order', () => {
    expect(read({ labels, fingerprint: 'abc' })?.key).toBe('abc');
    const shuffled = { severity: 'page', alertname: 'HighLatency', job: 'checkout' };
    expect(read({ labels })?.key).toBe(read({ labels: shuffled })?.key);
    expect(read({ labels })?.key).not.toBe(read({ labels: { ...labels, pod: 'b' } })?.key);
  });

  it.each([
    ['page', 'critical'],
    ['crit', 'critical'],
    ['warn', 'warning'],
    ['P2', 'error'],
    ['none', 'info'],
    ['ouch', 'warning'],
  ])('with the severity %s is %s, and the word stays a label', (word, severity) => {
    expect(read({ labels: { ...labels, severity: word } })).toMatchObject({
      severity,
      labels: { severity: word },
    });
  });

  it('takes its own status before that of the post, and a past end for a recovery', () => {
    expect(read({ labels, status: 'resolved' })?.status).toBe('resolved');
    expect(read({ labels }, { status: 'resolved' })?.status).toBe('resolved');
    const ended = { labels, startsAt: '2026-03-02T05:00:00Z', endsAt: '2026-03-02T05:30:00Z' };
    expect(alertmanager.parse([ended], CONTEXT).signals[0]).toMatchObject({
      status: 'resolved',
      endsAt: new Date('2026-03-02T05:30:00Z'),
    });
    expect(read({ ...ended, endsAt: '0001-01-01T00:00:00Z' })).toMatchObject({
      status: 'firing',
      endsAt: null,
    });
  });

  it.each(['0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z', '2031-01-01T00:00:00Z', 'yesterday', 17, null])(
    'that says it started %s is taken to start when it arrives',
    (startsAt) => {
      expect(read({ labels, startsAt })).toMatchObject({
        startsAt: CONTEXT.receivedAt,
        startsAtGuessed: true,
      });
    },
  );

  it('keeps links that are links, the runbook first', () => {
    const annotations = {
      dashboard: 'https://grafana.example.com/d/1',
      runbook_url: 'https://user:secret@runbooks.example.com/x',
      bad: 'javascript:alert(1)',
      prose: 'see https://example.com',
    };
    expect(read({ labels, annotations, generatorURL: '/graph' })?.links).toEqual([
      'https://runbooks.example.com/x',
      'https://grafana.example.com/d/1',
    ]);
  });

  it('is taken beside bad ones, and what the sender left out is told', () => {
    const post = { alerts: [null, { labels }, { labels: {} }, 'x'], truncatedAlerts: 3 };
    const parsed = alertmanager.parse(post, CONTEXT);
    expect(parsed.signals).toHaveLength(1);
    expect(parsed.rejected.map(({ index }) => index)).toEqual([0, 2, 3, null]);
    expect(parsed.rejected.at(-1)?.reason).toContain('max_alerts: 0');
  });
});
