import { MINUTE } from './clockface.ts';
import type { Foreign, ForeignPerson, ForeignPolicy, ForeignTarget } from './foreign.ts';
import type { Notes } from './notes.ts';

/** The most targets that a step or the last resort can have. */
export const MOST_TARGETS = 20;
const EVERYONE = 'firebell-import-everyone';

/** Whom to page when nobody answered: the old tools have no such thing. */
export function chooseLastResort(
  people: readonly ForeignPerson[],
  policies: readonly ForeignPolicy[],
  notes: Notes,
): readonly ForeignTarget[] {
  const admins = people.filter(({ access, email }) => access === 'admin' && email !== null);
  const last = policies
    .flatMap(({ steps }) => steps.at(-1)?.targets ?? [])
    .filter(({ kind }) => kind === 'person');
  const everyone = people.filter(({ access }) => access !== 'observer');
  const chosen =
    admins.length > 0
      ? admins.map(({ id }) => id)
      : last.length > 0
        ? last.map(({ id }) => id)
        : (everyone.length > 0 ? everyone : people).map(({ id }) => id);
  const ids = [...new Set(chosen)].slice(0, MOST_TARGETS);
  const why =
    admins.length > 0
      ? 'its administrators'
      : last.length > 0
        ? 'the people at the end of its policies'
        : 'everybody';
  notes.add(
    'chosen',
    'last resort',
    `when nobody answered at all, Firebell goes on paging somebody; the old tool stops. It is ${why} for now (${ids.length}): look at last_resort.`,
  );
  return ids.map((id) => ({ kind: 'person', id }));
}

/** The policy of an export without any. */
export function policyOfAll(targets: readonly ForeignTarget[], notes: Notes): ForeignPolicy {
  notes.add(
    'chosen',
    'escalation policy everyone',
    'the export has no escalation policy that pages anybody; this one pages the last resort.',
  );
  const step = { targets, ackWithinMs: 5 * MINUTE, strategy: 'everyone', within: null } as const;
  return { id: EVERYONE, name: 'everyone', steps: [step], rounds: 1 };
}

/** The policy of what belongs to no service: the one that most services have. */
export function chooseDefault({ policies, services }: Foreign, notes: Notes): string {
  const uses = (id: string) => services.filter(({ policy }) => policy === id).length;
  const chosen = policies.toSorted((a, b) => uses(b.id) - uses(a.id))[0];
  if (!chosen) throw new Error('expected at least one policy');
  if (policies.length > 1) {
    notes.add(
      'chosen',
      'default policy',
      `an incident that belongs to no service needs one; it is "${chosen.name}", which most services have. See settings.default_policy.`,
    );
  }
  return chosen.id;
}
