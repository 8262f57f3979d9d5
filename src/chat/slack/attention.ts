import { z } from 'zod';
import type { Person } from '../../domain/directory.ts';
import type { Attention } from '../platform.ts';
import type { SlackParts } from './parts.ts';
import { formatInstant } from './render/instant.ts';

const Info = z.object({ user: z.object({ deleted: z.boolean().optional() }) });
const Dnd = z.object({
  dnd_enabled: z.boolean().optional(),
  next_dnd_start_ts: z.number().optional(),
  next_dnd_end_ts: z.number().optional(),
  snooze_enabled: z.boolean().optional(),
  snooze_endtime: z.number().optional(),
});
type Dnd = z.infer<typeof Dnd>;

/** Whether a person hears their direct messages now. What Slack does not say in this moment is no reason to think otherwise. */
export async function attention(person: Person, { api, people, deps }: SlackParts): Promise<Attention> {
  const account = await people.accountOf(person, 'page');
  if (!account.ok) return { kind: 'rings' };
  const args = { user: account.value };
  const [info, dnd] = await Promise.all([
    api.call({ method: 'users.info', args, answers: Info, urgency: 'page' }),
    api.call({ method: 'dnd.info', args, answers: Dnd, urgency: 'page' }),
  ]);
  if (info.ok && info.value.user.deleted === true)
    return { kind: 'gone', why: `${person.name}'s Slack account is deactivated` };
  const until = dnd.ok ? quietUntil(dnd.value, deps.clock.now()) : null;
  if (until === null) return { kind: 'rings' };
  return { kind: 'quiet', why: `Do Not Disturb on Slack until ${formatInstant(until)}` };
}

function quietUntil(dnd: Dnd, now: Date): Date | null {
  const second = now.getTime() / 1_000;
  if (dnd.snooze_enabled === true && (dnd.snooze_endtime ?? 0) > second)
    return new Date((dnd.snooze_endtime ?? 0) * 1_000);
  const { next_dnd_start_ts: start = 0, next_dnd_end_ts: end = 0 } = dnd;
  return dnd.dnd_enabled === true && start <= second && second < end ? new Date(end * 1_000) : null;
}
