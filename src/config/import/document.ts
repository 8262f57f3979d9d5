import { z } from 'zod';
import { foldName } from '../../domain/alert/service.ts';
import { durationOf, ianaOf } from './clockface.ts';
import { scheduleDocument, type Raw } from './document-schedule.ts';
import type { Complete } from './complete.ts';
import type { ForeignPerson, ForeignPolicy, ForeignService, ForeignStep, ForeignTarget } from './foreign.ts';
import { nameAll } from './names.ts';
import type { Notes } from './notes.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import { phoneOf, rulesOf } from './person-rules.ts';

/** The old tool's ids -> names of Firebell. */
export interface Naming {
  readonly people: ReadonlyMap<string, string>;
  readonly teams: ReadonlyMap<string, string>;
  readonly schedules: ReadonlyMap<string, string>;
  readonly policies: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
  readonly webhooks: ReadonlyMap<string, string>;
}

/** Gives everything a name that Firebell can use. */
export function nameForeign(complete: Complete): Naming {
  const named = (things: readonly { readonly id: string; readonly name: string }[], fallback: string) =>
    nameAll(
      things.map(({ id, name }) => ({ id, wanted: name })),
      fallback,
    );
  return {
    people: nameAll(
      complete.people.map(({ id, name, email }) => ({ id, wanted: email?.split(/[@+]/)[0] ?? name })),
      'person',
    ),
    teams: named(complete.teams, 'team'),
    schedules: named(complete.schedules, 'schedule'),
    policies: named(complete.policies, 'policy'),
    services: nameServices(complete.services),
    webhooks: named(complete.webhooks, 'webhook'),
  };
}

// Monitors spell services freely: names must stay apart when `.` and `_` are read as `-`, too.
function nameServices(services: readonly ForeignService[]): ReadonlyMap<string, string> {
  const wanted = services.map(({ id, name }) => ({ id, wanted: name.replaceAll(/[._]/g, '-') }));
  return nameAll(wanted, 'service');
}

/** The configuration file as plain values. */
export function toDocument(complete: Complete, naming: Naming, notes: Notes): Raw {
  const { people, teams, schedules, policies, services, webhooks } = complete;
  return {
    people: mapAll(people, naming.people, (person) => personOf(person, { notes, all: people })),
    ...section(
      'teams',
      mapAll(teams, naming.teams, ({ name, members, schedule }) => ({
        name: text(name),
        members: members.map((id) => nameOf(id, naming.people)),
        ...(schedule !== null && { schedule: nameOf(schedule, naming.schedules) }),
      })),
    ),
    ...section(
      'schedules',
      mapAll(schedules, naming.schedules, (schedule) => ({
        name: text(schedule.name),
        ...scheduleDocument(schedule, (id) => nameOf(id, naming.people)),
      })),
    ),
    policies: mapAll(policies, naming.policies, (policy) => policyOf(policy, naming)),
    last_resort: { targets: complete.lastResort.map((target) => targetOf(target, naming)), every: '5m' },
    ...section('services', servicesOf(complete, naming, notes)),
    ...routesOf(services, naming),
    ...(webhooks.length > 0 && {
      notify: { webhooks: mapAll(webhooks, naming.webhooks, ({ url }) => ({ url })) },
    }),
    settings: settingsOf(complete, naming),
  };
}

function section(name: string, entries: Raw): Raw {
  return Object.keys(entries).length > 0 ? { [name]: entries } : {};
}

function mapAll<T extends { readonly id: string }>(
  things: readonly T[],
  names: ReadonlyMap<string, string>,
  build: (thing: T) => Raw,
): Raw {
  return Object.fromEntries(things.map((thing) => [nameOf(thing.id, names), build(thing)]));
}

function nameOf(id: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`expected a name for ${id}`);
  return name;
}

function text(value: string): string {
  return cleanLine(value, 200) || 'unnamed';
}

interface PersonContext {
  readonly notes: Notes;
  readonly all: readonly ForeignPerson[];
}

function personOf(person: ForeignPerson, { notes, all }: PersonContext): Raw {
  const { name, email, zone, access } = person;
  const about = `person ${name}`;
  // Nobody can be told apart by what two people have.
  const isOwn = (of: (one: ForeignPerson) => string | null | undefined) =>
    all.find((one) => of(one)?.toLowerCase() === of(person)?.toLowerCase())?.id === person.id;
  const isSound = z.email().safeParse(email).success;
  const address = isSound && isOwn((one) => one.email) ? email : null;
  if (email !== null && address === null) {
    notes.add('dropped', about, `the address ${email} is ${isSound ? "another person's too" : 'none'}.`);
  }
  const known = ianaOf(zone);
  if (zone !== null && known === null) {
    notes.add(
      'dropped',
      about,
      `the time zone "${zone}" is not one of the IANA database; they read times in settings.zone.`,
    );
  }
  const phone = isOwn((one) => one.phone) ? phoneOf(person.phone) : null;
  if (phone === null && person.phone !== null)
    notes.add('dropped', about, `the telephone number ${person.phone} is none, or another person's too.`);
  const handles = Object.fromEntries(
    Object.entries(person.handles).filter(([name]) => isOwn((one) => one.handles[name])),
  );
  return {
    name: text(name),
    ...(address !== null && { email: address }),
    ...(phone !== null && { phone }),
    ...(known !== null && { zone: known }),
    ...(access !== 'responder' && { access }),
    ...(Object.keys(handles).length > 0 && { handles }),
    ...rulesOf({ ...person, email: address, phone, handles }, notes),
  };
}

function policyOf({ steps, rounds }: ForeignPolicy, naming: Naming): Raw {
  return { steps: steps.map((step) => stepOf(step, naming)), ...(rounds > 1 && { rounds }) };
}

function stepOf({ targets, ackWithinMs, strategy, within }: ForeignStep, naming: Naming): Raw {
  return {
    targets: targets.map((target) => targetOf(target, naming)),
    ack_within: durationOf(ackWithinMs),
    ...(strategy === 'round_robin' && { strategy }),
    ...(within && { conditions: [{ within_hours: within }] }),
  };
}

function targetOf({ kind, id }: ForeignTarget, naming: Naming): Raw {
  const names = {
    person: naming.people,
    schedule: naming.schedules,
    team: naming.teams,
    webhook: naming.webhooks,
  };
  return { [kind]: kind === 'channel' ? text(id) : nameOf(id, names[kind]) };
}

// A name that could be read as two services is given to neither: each is then found by its key alone.
function servicesOf({ services }: Complete, naming: Naming, notes: Notes): Raw {
  const spellings = services.flatMap(({ id, name }) => [
    { id, folded: foldName(name) },
    { id, folded: foldName(nameOf(id, naming.services)) },
  ]);
  return mapAll(services, naming.services, ({ id, name, owner, policy }) => {
    const key = nameOf(id, naming.services);
    const folded = foldName(name);
    const isOwn = folded !== '' && spellings.every((one) => one.id === id || one.folded !== folded);
    if (!isOwn) {
      notes.add(
        'changed',
        `service ${name}`,
        `its name could be read as another service's too, so it has none but ${key}: let monitors call it that, or give it aliases.`,
      );
    }
    return {
      ...(isOwn && { name: text(name) }),
      ...(owner !== null && { owner: nameOf(owner, naming.teams) }),
      ...(policy !== null && { policy: nameOf(policy, naming.policies) }),
    };
  });
}

// A service whose incidents never wake anybody: a severity that waits for working hours.
function routesOf(services: readonly ForeignService[], naming: Naming): Raw {
  const quiet = services.filter(({ isQuiet }) => isQuiet);
  if (quiet.length === 0) return {};
  const routes = quiet.map(({ id }) => {
    const service = nameOf(id, naming.services);
    return { name: `${service}, low urgency`, match: { service }, severity: 'sev4' };
  });
  return { routes };
}

function settingsOf(complete: Complete, naming: Naming): Raw {
  const zones = complete.schedules.map(({ schedule }) => schedule.timeZone);
  const usual = zones.toSorted((a, b) => countOf(b, zones) - countOf(a, zones))[0];
  return {
    ...(usual !== undefined && { zone: usual }),
    default_policy: nameOf(complete.defaultPolicy, naming.policies),
    ...(complete.ackTimeoutMs !== null && { ack_timeout: durationOf(complete.ackTimeoutMs) }),
  };
}

function countOf(zone: string, zones: readonly string[]): number {
  return zones.filter((one) => one === zone).length;
}
