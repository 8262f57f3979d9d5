import type { Person } from '../../src/domain/directory.ts';
import type { PageNotice } from '../../src/domain/page/notice.ts';
import { aPerson } from './directory.ts';

/** Zoë, who is paged: she has mail, and no other address. */
export function zoe(over: Partial<Person> = {}): Person {
  return aPerson('zoe', { name: 'Zoë', email: 'zoe@example.com', ...over });
}

/** A page with something in every field, in the middle of the escalation. */
export function aNotice(over: Partial<PageNotice> = {}): PageNotice {
  return {
    incidentId: 42,
    pageId: '42/1/3',
    attemptId: '42/1/3/0',
    person: zoe(),
    title: 'Payments fail',
    severity: 'sev1',
    urgency: 'high',
    isDrill: false,
    isTest: false,
    service: 'checkout',
    runbook: 'https://wiki.example.com/checkout',
    since: new Date('2026-08-03T12:00:00Z'),
    summary: 'One in three payments is refused.',
    message: 'Please look at the card gateway.',
    alerts: ['Error rate above 30 %', 'Latency above 2 s'],
    firing: 2,
    alsoPaged: ['Bob'],
    escalatesAt: new Date('2026-08-03T12:05:00Z'),
    url: 'https://firebell.example.com/rooms/inc-42',
    end: null,
    ...over,
  };
}
