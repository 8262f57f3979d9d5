import { describe, expect, it } from 'vitest';
import { directoryWith, route, signal } from '../../../test/support/alerts.ts';
import type { Matcher } from '../directory.ts';
import { destinationOf, matcherProblem } from './route.ts';
import { foldName, serviceOf } from './service.ts';

function matches(matcher: Matcher, told = signal()): boolean {
  const directory = directoryWith(route({ name: 'wanted', matchers: [matcher] }), route());
  return destinationOf(told, directory)?.route.name === 'wanted';
}

describe('a route', () => {
  it('is the first whose matchers all hold', () => {
    const prod: Matcher = { label: 'env', op: 'equals', value: 'prod' };
    const bad: Matcher = { label: 'severity', op: 'equals', value: 'critical' };
    const directory = directoryWith(
      route({ name: 'both', matchers: [prod, bad] }),
      route({ name: 'prod', matchers: [prod] }),
      route({ name: 'rest' }),
    );
    const named = (told = signal()) => destinationOf(told, directory)?.route.name;
    expect(named(signal({ labels: { env: 'prod' }, severity: 'critical' }))).toBe('both');
    expect(named(signal({ labels: { env: 'prod' } }))).toBe('prod');
    expect(named(signal())).toBe('rest');
  });

  it('reads title, source and the configured service beside labels; a missing label is empty', () => {
    expect(matches({ label: 'title', op: 'matches', value: 'Disk.*' })).toBe(true);
    expect(matches({ label: 'source', op: 'not_equals', value: 'alertmanager' })).toBe(false);
    expect(
      matches({ label: 'service', op: 'equals', value: 'checkout-api' }, signal({ service: 'Kasse' })),
    ).toBe(true);
    expect(matches({ label: 'absent', op: 'equals', value: '' })).toBe(true);
    expect(matches({ label: 'absent', op: 'not_matches', value: '.+' })).toBe(true);
  });

  it('with a broken pattern is reported by the check and never matches', () => {
    const broken: Matcher = { label: 'title', op: 'matches', value: '(' };
    expect(matcherProblem(broken)).toMatch(/never closed/);
    expect(matches(broken)).toBe(false);
    expect(matcherProblem({ ...broken, op: 'equals' })).toBeNull();
  });

  it('groups by the labels it names and keeps the keys of long values apart', () => {
    const directory = directoryWith(route({ groupBy: ['zone', 'title'] }));
    const keyOf = (title: string) =>
      destinationOf(signal({ title, labels: { zone: 'a' } }), directory)?.groupKey;
    const long = 'x'.repeat(900);
    expect(keyOf('short')).toBe('["default","a","short"]');
    expect(keyOf(`${long}1`)).not.toBe(keyOf(`${long}2`));
    expect(keyOf(`${long}1`)?.length).toBeLessThan(300);
  });
});

describe('a service', () => {
  it.each(['orders', 'Orders', 'ORDER_SERVICE', 'order service (prod)', ' order-service [eu] '])(
    'is found as %j',
    (spelling) => {
      expect(serviceOf(signal({ service: spelling }), directoryWith())?.id).toBe('orders');
    },
  );

  it('is found in the labels when the monitor names none that is known', () => {
    const told = signal({ service: 'pod-17', labels: { job: 'checkout_api' } });
    expect(serviceOf(told, directoryWith())?.id).toBe('checkout-api');
    expect(serviceOf(signal({ service: 'geo' }), directoryWith())).toBeNull();
  });

  it('that nobody configured is still one group in all its spellings', () => {
    const key = (service: string) => destinationOf(signal({ service }), directoryWith())?.groupKey;
    expect(key('Grading_Backend (prod)')).toBe(key('grading-backend'));
    expect(foldName('Grading_Backend (prod)')).toBe('grading-backend');
  });
});
