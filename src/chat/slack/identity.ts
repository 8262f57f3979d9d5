import { z } from 'zod';
import type { SlackApi } from './api.ts';
import type { SlackAnswer } from './failure.ts';

/** Who we are in the workspace. */
export interface SlackSelf {
  readonly teamId: string;
  readonly userId: string;
  readonly botId: string;
  /** `https://acme.slack.com/` */
  readonly url: string;
}

/** Who we are: asked until Slack tells, and remembered. */
export interface Identity {
  readonly known: () => SlackSelf | null;
  /** Asks Slack unless it is known. */
  readonly ask: () => Promise<SlackAnswer<SlackSelf>>;
  /** The token has changed: we may be somebody else. */
  readonly forget: () => void;
}

const Tested = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string(),
  url: z.string(),
});

/** Asks for itself: the SDK would ask once, in a constructor, and drop every event for ever when that one question fails. */
export function createIdentity(api: SlackApi): Identity {
  let self: SlackSelf | null = null;
  return {
    known: () => self,
    ask: async () => {
      if (self !== null) return { ok: true, value: self };
      const tested = await api.call({ method: 'auth.test', args: {}, answers: Tested, urgency: 'room' });
      if (!tested.ok) return tested;
      const { team_id: teamId, user_id: userId, bot_id: botId, url } = tested.value;
      self = { teamId, userId, botId, url };
      return { ok: true, value: self };
    },
    forget: () => {
      self = null;
    },
  };
}
