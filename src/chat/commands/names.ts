import type { Directory } from '../../domain/directory.ts';
import type { NamedTarget } from './params.ts';

type Kind = NamedTarget['kind'];

/** Something with a name, and every way to write it. */
interface Candidate extends NamedTarget {
  readonly spellings: readonly string[];
}

/** What a name may mean. */
export type NameMatch =
  | { readonly kind: 'one'; readonly target: NamedTarget }
  | { readonly kind: 'many'; readonly targets: readonly NamedTarget[] }
  | { readonly kind: 'none' };

/** Where a name is looked up: the kinds that may be meant, and the chat platform whose handles count. */
export interface NameScope {
  readonly directory: Directory;
  readonly platform: string;
  readonly kinds: readonly Kind[];
}

const KIND_WORDS: Readonly<Record<string, Kind>> = {
  person: 'person',
  team: 'team',
  schedule: 'schedule',
  service: 'service',
};

/**
 * What is called this: ids, names and handles, whatever their case; `@` in front means a person first, `team`, `schedule`,
 * `service` or `person` in front that kind alone. A first name or surname is enough for a person, with `@` its beginning.
 */
export function findNamed(words: string, scope: NameScope): NameMatch {
  const { kind, name, isMention } = readName(words);
  if (name === '' || (kind !== null && !scope.kinds.includes(kind))) return { kind: 'none' };
  const kinds = kind === null ? scope.kinds : [kind];
  const all = candidatesOf(scope).filter((candidate) => kinds.includes(candidate.kind));
  const people = all.filter((candidate) => candidate.kind === 'person');
  const exact = all.filter(({ spellings }) => spellings.includes(name));
  const mentioned = exact.filter((candidate) => candidate.kind === 'person');
  if (isMention && mentioned.length > 0) return matchOf(mentioned);
  if (exact.length > 0) return matchOf(exact);
  const parts = people.filter((candidate) => fold(candidate.name).split(' ').includes(name));
  if (parts.length > 0 || !isMention) return matchOf(parts);
  return matchOf(people.filter(({ spellings }) => spellings.some((spelling) => spelling.startsWith(name))));
}

/** How a target is written so that nothing else is meant. */
export function spell({ kind, id }: NamedTarget): string {
  return kind === 'person' ? `@${id}` : `${kind} ${id}`;
}

/** Everything of these kinds that has a name, for completion. */
export function allNamed(scope: NameScope): readonly NamedTarget[] {
  return candidatesOf(scope);
}

/** A name as it is compared: case, width and spaces do not matter. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function readName(words: string): {
  readonly kind: Kind | null;
  readonly name: string;
  readonly isMention: boolean;
} {
  const plain = fold(words)
    .replace(/^<@!?([^|>]+)(\|[^>]*)?>$/, '@$1')
    .replace(/[,;:.?!]+$/, '');
  const [first = '', ...rest] = plain.split(' ');
  const kind = rest.length > 0 ? (KIND_WORDS[first] ?? null) : null;
  const name = kind === null ? plain : rest.join(' ');
  return { kind, name: name.replace(/^@/, ''), isMention: name.startsWith('@') };
}

function matchOf(found: readonly Candidate[]): NameMatch {
  const [first, ...more] = found;
  if (first === undefined) return { kind: 'none' };
  return more.length === 0 ? { kind: 'one', target: first } : { kind: 'many', targets: found };
}

function candidatesOf({ directory, platform, kinds }: NameScope): readonly Candidate[] {
  const of = (
    kind: Kind,
    items: Iterable<{ readonly id: string; readonly name: string }>,
    more: (id: string) => readonly string[] = () => [],
  ) =>
    kinds.includes(kind)
      ? [...items].map(({ id, name }) => ({ kind, id, name, spellings: [id, name, ...more(id)].map(fold) }))
      : [];
  return [
    ...of('person', directory.people.values(), (id) => handleOf(id, { directory, platform })),
    ...of('team', directory.teams.values()),
    ...of('schedule', directory.schedules.values()),
    ...of('service', directory.services.values(), (id) => directory.services.get(id)?.aliases ?? []),
  ];
}

function handleOf(
  id: string,
  { directory, platform }: Pick<NameScope, 'directory' | 'platform'>,
): readonly string[] {
  const handle = directory.people.get(id)?.handles[platform];
  return handle === undefined ? [] : [handle.replace(/^@/, '')];
}
