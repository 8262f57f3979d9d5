import type { Directory, Person } from '../directory.ts';

/** Chat platforms on which an account can become a person's by proof. The console asks who somebody is by itself. */
export const LINKABLE = ['slack', 'discord'] as const;
export type Linkable = (typeof LINKABLE)[number];

/** Whether accounts of this platform can be linked. */
export function isLinkable(platform: string): platform is Linkable {
  return (LINKABLE as readonly string[]).includes(platform);
}

/** An account that proved whose it is. */
export interface LinkedAccount {
  readonly platform: string;
  /** The platform's own id. */
  readonly userId: string;
  readonly personId: string;
}

/** Lays proven accounts over a directory. What the configuration says of a person or of an account counts before any proof. */
export function withAccounts(directory: Directory, links: readonly LinkedAccount[]): Directory {
  const counting = links.filter((link) => countsBeside(link, directory));
  if (counting.length === 0) return directory;
  const people = new Map(directory.people);
  for (const { platform, userId, personId } of counting) {
    const person = people.get(personId);
    if (person) people.set(personId, { ...person, handles: { ...person.handles, [platform]: userId } });
  }
  return { ...directory, people };
}

function countsBeside({ platform, userId, personId }: LinkedAccount, directory: Directory): boolean {
  if (directory.people.get(personId)?.handles[platform] !== undefined) return false;
  return ownerOf({ platform, userId }, directory) === null;
}

const owners = new WeakMap<Directory, ReadonlyMap<string, Person>>();

/** The person whose account this is; null for everybody who is not linked, who is a guest. */
export function ownerOf(
  { platform, userId }: Pick<LinkedAccount, 'platform' | 'userId'>,
  directory: Directory,
): Person | null {
  let known = owners.get(directory);
  if (known === undefined) {
    known = new Map(
      [...directory.people.values()].flatMap((person) =>
        Object.entries(person.handles).map(([name, handle]) => [`${name} ${handle}`, person] as const),
      ),
    );
    owners.set(directory, known);
  }
  return known.get(`${platform} ${userId}`) ?? null;
}
