import { findDoubles } from './doubles.ts';
import { caution, fault, quote, showPath, type Finding } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** People who cannot be told apart: two with one handle, address, name, or with keys that differ in capitals only. */
export function checkPeople({ people, chat }: Partial<ConfigFile>): readonly Finding[] {
  const everyone = Object.entries(people ?? {});
  const keys = everyone.map(([id]) => ({ path: ['people', id], key: id.toLowerCase() }));
  const names = everyone.map(([id, { name }]) => ({
    path: ['people', id, 'name'],
    key: (name ?? id).toLowerCase(),
  }));
  const mails = everyone.flatMap(([id, { email }]) =>
    email === undefined ? [] : [{ path: ['people', id, 'email'], key: email.toLowerCase() }],
  );
  const phones = everyone.flatMap(([id, { phone }]) =>
    phone === undefined ? [] : [{ path: ['people', id, 'phone'], key: phone }],
  );
  const handles = everyone.flatMap(([id, person]) =>
    Object.entries(person.handles)
      // Two people may well share one webhook.
      .filter(([platform]) => platform !== 'webhook')
      .map(([platform, handle]) => ({
        path: ['people', id, 'handles', platform],
        key: `${platform} ${handle.toLowerCase()}`,
      })),
  );
  return [
    ...(chat?.discord === undefined
      ? []
      : everyone.flatMap(([id, { handles }]) => checkDiscord(id, handles))),
    ...findDoubles(keys).map(({ first, again }) => ({
      ...fault(
        again.path,
        `differs from ${quote(first.path[1])} in capitals only. Give one of them another name.`,
      ),
      part: 'key' as const,
    })),
    ...findDoubles([...mails, ...phones, ...handles]).map(({ first, again }) =>
      fault(
        again.path,
        `is the same as ${showPath(first.path)}, so Firebell could not tell the two people apart. Correct one of them.`,
      ),
    ),
    ...findDoubles(names)
      .filter(
        ({ first, again }) => String(first.path[1]).toLowerCase() !== String(again.path[1]).toLowerCase(),
      )
      .map(({ first, again }) =>
        caution(
          again.path,
          `is also the name of ${quote(first.path[1])}, so pages and updates look as if they were one person. Add something to tell them apart.`,
        ),
      ),
  ];
}

/** Discord's names change, and nobody can be found by one. */
function checkDiscord(id: string, { discord }: Readonly<Record<string, string>>): readonly Finding[] {
  if (discord === undefined || /^\d{15,21}$/.test(discord)) return [];
  return [
    fault(
      ['people', id, 'handles', 'discord'],
      `must be the id of the user, 15 to 21 digits in quotes, not ${quote(discord)}. Right-click them with developer mode on, Copy User ID; or leave it away and let them type \`/inc link\`.`,
    ),
  ];
}
