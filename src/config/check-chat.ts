import { nearestWord } from '../lib/edit-distance.ts';
import type { CheckContext } from './check-context.ts';
import { list } from './explain.ts';
import { caution, fault, quote, type Finding } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** An id of an account on Slack. */
const ACCOUNT = /^[UW][A-Z0-9]{2,}$/;

/** What the chat platforms need of the rest of the file. */
export function checkChat(file: Partial<ConfigFile>, { isWhole }: CheckContext): readonly Finding[] {
  const slack = file.chat?.slack;
  if (slack === undefined) return [];
  const known = Object.keys(file.schedules ?? {});
  const groups = Object.entries(slack.user_groups).flatMap(([handle, schedules]) =>
    schedules
      .filter((id) => isWhole('schedules') && !known.includes(id))
      .map((id) => unknownSchedule(['chat', 'slack', 'user_groups', handle], id, known)),
  );
  const handles = Object.entries(file.people ?? {}).flatMap(
    ([
      id,
      {
        handles: { slack: account },
      },
    ]) =>
      account === undefined || ACCOUNT.test(account)
        ? []
        : [
            caution(
              ['people', id, 'handles', 'slack'],
              `is ${quote(account)}, which is no member id, so it is not used. Copy the id under the profile: More > Copy member ID, like U0123ABCD.`,
            ),
          ],
  );
  return [...groups, ...handles];
}

function unknownSchedule(path: readonly string[], id: string, known: readonly string[]): Finding {
  const meant = nearestWord(id, known);
  const suggestion = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  return fault(
    path,
    `names ${quote(id)}, which is not a schedule.${suggestion}${list('Schedules are', known)}`,
  );
}
