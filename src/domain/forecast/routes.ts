import { destinationOf } from '../alert/route.ts';
import type { Signal } from '../alert/signal.ts';
import type { Directory, Route } from '../directory.ts';

/** What the routes make of the alerts of a service. */
export interface ServiceRoutes {
  /** Takes every alert of the service that no other route takes first; null when none does. */
  readonly certain: Route | null;
  /** May take some before, depending on more than the service, and does something else with them. */
  readonly perhaps: readonly Route[];
}

/** Looks for the routes of a service, by the rule that routes alerts. */
export function routeFor(service: string, directory: Directory): ServiceRoutes {
  const possible = directory.routes.filter((route) => takes(onlyService(route), service, directory));
  const place = possible.findIndex((route) => onlyService(route).matchers.length === route.matchers.length);
  const certain = possible[place] ?? null;
  const before = place === -1 ? possible : possible.slice(0, place);
  return { certain, perhaps: before.filter((route) => !isAlike(route, certain)) };
}

function onlyService(route: Route): Route {
  return { ...route, matchers: route.matchers.filter(({ label }) => label === 'service') };
}

function takes(route: Route, service: string, directory: Directory): boolean {
  return destinationOf(signalOf(service), { ...directory, routes: [route] }) !== null;
}

function isAlike(one: Route, other: Route | null): boolean {
  return (
    one.policy === (other?.policy ?? null) &&
    one.severity === (other?.severity ?? null) &&
    one.incident === (other?.incident ?? 'open')
  );
}

function signalOf(service: string): Signal {
  return {
    source: 'any',
    key: service,
    status: 'firing',
    severity: 'critical',
    title: service,
    description: null,
    service,
    labels: {},
    links: [],
    startsAt: new Date(0),
    endsAt: null,
  };
}
