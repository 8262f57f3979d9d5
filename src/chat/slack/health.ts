import type { SlackConfig } from '../../config/config.ts';
import type { SlackSelf } from './identity.ts';
import type { SlotState } from './transport/sockets.ts';

/** What is known of the way to Slack and back. */
export interface SlackCondition {
  readonly config: Pick<SlackConfig, 'mode'>;
  readonly self: SlackSelf | null;
  /** Why Slack does not know us; null where it does or was not asked yet. */
  readonly trouble: string | null;
  readonly slots: readonly SlotState[];
  /** How what Slack told us is coming along. */
  readonly inbound: { readonly detail: string };
  readonly now: Date;
}

/** How Slack is, in a word or two for each connection. */
export function healthOf({ config, self, trouble, slots, inbound, now }: SlackCondition) {
  const knows = self === null ? `Slack does not know us: ${trouble ?? 'asking'}` : `team ${self.teamId}`;
  if (config.mode === 'http') return { ok: self !== null, detail: `${knows}; over HTTP; ${inbound.detail}` };
  const up = slots.filter((slot) => slot.up).length;
  const each = slots.map((slot, i) => `socket ${i + 1} ${wordOf(slot, now)}`);
  return { ok: self !== null && up > 0, detail: [knows, ...each, inbound.detail].join('; ') };
}

function wordOf({ up, since, trouble }: SlotState, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1_000));
  return up ? `up for ${seconds} s` : `down for ${seconds} s: ${trouble ?? 'connecting'}`;
}
