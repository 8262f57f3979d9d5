import { describe, expect, it } from 'vitest';
import { directoryWith, LivingBook, minute, route, signal } from '../../../test/support/alerts.ts';
import { groupKeys } from './receive.ts';

describe('an alert that begins to fire', () => {
  it('opens a group and declares its incident with the service, its policy and the mapped severity', () => {
    const received = new LivingBook().receive(minute(0), signal({ description: '3 % left' }));
    expect(received.tally).toEqual({
      fired: 1,
      repeated: 0,
      cleared: 0,
      suppressed: 0,
      silenced: 0,
      opened: 1,
    });
    expect(received.declarations).toHaveLength(1);
    expect(received.declarations[0]?.declaration).toMatchObject({
      title: 'Disk will fill (Orders)',
      summary: '3 % left',
      severity: 'sev3',
      service: 'orders',
      page: { kind: 'policy', policy: 'orders-policy' },
      kind: 'real',
      autoResolve: true,
    });
  });

  it('does not name the service twice', () => {
    const received = new LivingBook().receive(minute(0), signal({ title: 'orders: disk will fill' }));
    expect(received.declarations[0]?.declaration.title).toBe('orders: disk will fill');
  });

  it('joins the open group of its service within the window, and one note tells of all that joined', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    const more = Array.from({ length: 7 }, (_, i) => signal({ key: `more-${i}`, title: `More ${i}` }));
    const received = book.receive(minute(9), ...more, signal({ key: 'bad', severity: 'critical' }));
    expect(received.declarations).toEqual([]);
    expect(received.notes).toEqual([
      {
        incidentId: 1,
        note: {
          firing: 9,
          total: 9,
          titles: ['More 0', 'More 1', 'More 2', 'More 3', 'More 4'],
          joined: 8,
          cleared: 0,
          severity: 'sev1',
          startsAt: signal().startsAt,
        },
      },
    ]);
  });

  it('tells when the earliest of those that joined began to fire, however they come', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    const received = book.receive(
      minute(9),
      signal({ key: 'late', startsAt: minute(8) }),
      signal({ key: 'early', startsAt: minute(-30) }),
      signal({ key: 'middle', startsAt: minute(2) }),
    );
    expect(received.notes[0]?.note.startsAt).toEqual(minute(-30));
  });

  it('opens a further group when the window has passed, or when people have resolved the incident', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    expect(book.receive(minute(11), signal({ key: 'later' })).tally.opened).toBe(1);
    book.resolveAll();
    expect(book.receive(minute(12), signal({ key: 'later still' })).tally.opened).toBe(1);
  });

  it('tells a resolved incident that its alert cleared, so that its card does not burn for ever', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    book.resolveAll();
    const { notes } = book.receive(minute(1), signal({ status: 'resolved', endsAt: minute(1) }));
    expect(notes).toEqual([
      {
        incidentId: 1,
        note: { firing: 0, total: 1, titles: [], joined: 0, cleared: 1, severity: null },
      },
    ]);
  });

  it('takes what the route says over what the service and the settings say', () => {
    const special = route({
      name: 'special',
      policy: 'night-shift',
      severity: 'sev1',
      service: 'checkout-api',
      visibility: 'private',
      ackTakesCommand: true,
      autoResolve: false,
    });
    const book = new LivingBook(directoryWith(special));
    const [made] = book.receive(minute(0), signal({ service: 'who knows' })).declarations;
    expect(made?.declaration).toMatchObject({
      severity: 'sev1',
      service: 'checkout-api',
      page: { kind: 'policy', policy: 'night-shift' },
      visibility: 'private',
      ackTakesCommand: true,
      autoResolve: false,
    });
  });

  it('pages by the default policy when nobody knows its service, and calls the service as the monitor does', () => {
    const [made] = new LivingBook().receive(minute(0), signal({ service: 'geo' })).declarations;
    expect(made?.declaration).toMatchObject({
      title: 'Disk will fill (geo)',
      service: null,
      page: { kind: 'policy', policy: 'everybody' },
    });
  });

  it('is a problem of its own when it belongs to no service', () => {
    const none = { service: null, labels: {} };
    const received = new LivingBook().receive(
      minute(0),
      signal({ ...none, key: 'a' }),
      signal({ ...none, key: 'b' }),
    );
    expect(received.tally.opened).toBe(2);
  });
});

describe('an episode', () => {
  it('is told again without any news', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    const received = book.receive(minute(1), signal(), signal({ title: 'Disk is filling' }));
    expect(received.tally).toMatchObject({ repeated: 2, fired: 0 });
    expect(received).toMatchObject({ groups: [], declarations: [], notes: [] });
    expect(received.alerts[0]).toMatchObject({ count: 3, signal: { title: 'Disk is filling' } });
  });

  it('raises the severity when a repeat is worse', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    const received = book.receive(minute(1), signal({ severity: 'critical' }));
    expect(received.notes[0]?.note).toMatchObject({ severity: 'sev1', joined: 0, firing: 1 });
  });

  it('clears, even when the recovery says nothing but the key', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal({ labels: { env: 'prod' } }));
    const bare = { status: 'resolved', service: null, startsAtGuessed: true, startsAt: minute(3) } as const;
    const received = book.receive(minute(3), signal({ ...bare, title: 'ok' }));
    expect(received.tally.cleared).toBe(1);
    expect(received.notes[0]?.note).toMatchObject({ firing: 0, total: 1, cleared: 1, severity: null });
    expect(received.alerts[0]).toMatchObject({
      status: 'resolved',
      signal: { service: 'orders', labels: { env: 'prod' }, endsAt: minute(3) },
    });
  });

  it('does not come back to life when one of its firings arrives late', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    book.receive(minute(1), signal({ status: 'resolved', endsAt: minute(1) }));
    const received = book.receive(minute(2), signal());
    expect(received.tally).toMatchObject({ fired: 0, repeated: 1, opened: 0 });
    expect(received.alerts[0]?.status).toBe('resolved');
  });

  it('is not cleared by the recovery of an earlier one', () => {
    const book = new LivingBook();
    book.receive(minute(5), signal({ startsAt: minute(4) }));
    const received = book.receive(minute(6), signal({ status: 'resolved', endsAt: minute(2) }));
    expect(received.tally).toMatchObject({ cleared: 0, repeated: 1 });
    expect(received.alerts[0]?.status).toBe('firing');
  });

  it('opens nothing when its recovery came before its firing, and the next episode does', () => {
    const book = new LivingBook();
    const recovery = book.receive(minute(1), signal({ status: 'resolved' }));
    expect(recovery.tally).toMatchObject({ suppressed: 1, cleared: 0 });
    expect(book.receive(minute(2), signal()).tally).toMatchObject({ repeated: 1, opened: 0 });
    expect(book.receive(minute(9), signal({ startsAt: minute(9) })).tally).toMatchObject({ opened: 1 });
  });

  it('that flaps back joins its group again and counts as one alert', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    book.receive(minute(1), signal({ status: 'resolved' }));
    const received = book.receive(minute(20), signal({ startsAt: minute(20) }));
    expect(received.tally).toMatchObject({ fired: 1, opened: 0 });
    expect(received.notes[0]?.note).toMatchObject({ firing: 1, total: 1, joined: 0, titles: [] });
  });

  it('of a sender that names no start opens again after its recovery, however the clock jumps', () => {
    const book = new LivingBook();
    const bare = { startsAtGuessed: true } as const;
    book.receive(minute(60), signal({ ...bare, startsAt: minute(60) }));
    book.receive(minute(60), signal({ ...bare, startsAt: minute(60), status: 'resolved' }));
    book.resolveAll();
    const received = book.receive(minute(0), signal({ ...bare, startsAt: minute(0) }));
    expect(received.tally).toMatchObject({ fired: 1, opened: 1 });
  });

  it('begins anew when its recovery was lost and people have resolved the incident', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    book.resolveAll();
    expect(book.receive(minute(1), signal()).tally).toMatchObject({ repeated: 1, opened: 0 });
    expect(book.receive(minute(90), signal({ startsAt: minute(90) })).tally).toMatchObject({ opened: 1 });
    const groups = [...book.groups.values()];
    expect(groups.map(({ firing }) => firing)).toEqual([0, 1]);
  });

  it('that was acknowledged at the monitor is only told again', () => {
    const book = new LivingBook();
    book.receive(minute(0), signal());
    const received = book.receive(
      minute(1),
      signal({ status: 'acknowledged', startsAt: minute(1), title: 'ack' }),
    );
    expect(received.tally.repeated).toBe(1);
    expect(received.alerts[0]?.signal).toMatchObject({ status: 'firing', title: 'Disk will fill' });
  });

  it('that was first heard of through an acknowledgement opens nothing until it is told as firing', () => {
    const book = new LivingBook();
    expect(book.receive(minute(0), signal({ status: 'acknowledged' })).tally.suppressed).toBe(1);
    expect(book.receive(minute(1), signal()).tally).toMatchObject({ fired: 1, opened: 1 });
  });

  it('tells its incident that it cleared although it has changed its service, or the routes have changed', () => {
    const before = new LivingBook();
    before.receive(minute(0), signal());
    const after = before.reconfigured(directoryWith(route({ name: 'renamed' })));
    const received = after.receive(minute(1), signal({ status: 'resolved', service: 'checkout-api' }));
    expect(received.notes).toMatchObject([{ incidentId: 1, note: { firing: 0, cleared: 1 } }]);
  });
});

describe('an alert that nobody wants to hear of', () => {
  const quiet = directoryWith(
    route({ name: 'quiet', incident: 'none', matchers: [{ label: 'env', op: 'equals', value: 'dev' }] }),
    route(),
  );

  it('is kept on record', () => {
    const received = new LivingBook(quiet).receive(minute(0), signal({ labels: { env: 'dev' } }));
    expect(received.tally).toMatchObject({ suppressed: 1, opened: 0 });
    expect(received.alerts).toMatchObject([{ status: 'firing', groupId: null }]);
    expect(groupKeys([signal({ labels: { env: 'dev' } })], quiet)).toEqual([]);
  });

  it('opens an incident as soon as a route wants it', () => {
    const book = new LivingBook(quiet);
    book.receive(minute(0), signal({ labels: { env: 'dev' } }));
    const loud = book.reconfigured(directoryWith());
    expect(loud.receive(minute(5), signal({ labels: { env: 'dev' } })).tally).toMatchObject({ opened: 1 });
  });

  it('is one with the severity none, such as a watchdog', () => {
    const watchdog = signal({ severity: 'info', labels: { alertname: 'Watchdog', severity: 'none' } });
    expect(new LivingBook().receive(minute(0), watchdog).tally).toMatchObject({ suppressed: 1, opened: 0 });
  });
});
