import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import type { SlackApi } from './api.ts';

/** What Slack says about an account. */
export interface Profile {
  readonly name: string;
  /** The workspace it belongs to; null when Slack did not say. */
  readonly teamId: string | null;
  /** Null when it has none, or when the app may not read it. */
  readonly email: string | null;
  readonly isBot: boolean;
}

/** Who accounts are, as Slack tells it. */
export interface Profiles {
  /** `stranger` for somebody whom our workspace does not know; null when Slack does not say: whoever asks goes on without. */
  readonly of: (userId: string) => Promise<Profile | 'stranger' | null>;
  /** Something about an account changed: ask again. */
  readonly forget: (userId: string) => void;
}

const Info = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().nullish(),
    team_id: z.string().nullish(),
    is_bot: z.boolean().optional(),
    profile: z
      .object({
        display_name: z.string().nullish(),
        real_name: z.string().nullish(),
        email: z.string().nullish(),
      })
      .default({}),
  }),
});

/** How Slack says that an account belongs to another workspace. */
const NOT_OURS = new Set(['user_not_visible', 'user_not_found']);

const REMEMBERED_MS = 60 * 60_000;
const MOST = 5_000;

/** Remembers profiles for an hour. */
export function createProfiles(api: Pick<SlackApi, 'call'>, clock: Clock): Profiles {
  const known = new Map<string, { readonly profile: Profile; readonly at: number }>();
  return {
    of: async (userId) => {
      const there = known.get(userId);
      const now = clock.now().getTime();
      if (there !== undefined && now - there.at < REMEMBERED_MS) return there.profile;
      const told = await api.call({
        method: 'users.info',
        args: { user: userId },
        answers: Info,
        urgency: 'room',
      });
      if (!told.ok && NOT_OURS.has(told.failure.code)) return 'stranger';
      if (!told.ok) return there?.profile ?? null;
      const profile = profileOf(told.value.user, userId);
      if (known.size >= MOST) known.clear();
      known.set(userId, { profile, at: now });
      return profile;
    },
    forget: (userId) => void known.delete(userId),
  };
}

/** The name of an account; null where Slack does not tell it. */
export async function nameOf(userId: string, profiles: Profiles): Promise<string | null> {
  const profile = await profiles.of(userId);
  return profile === null || profile === 'stranger' ? null : profile.name;
}

function profileOf({ profile, ...user }: z.infer<typeof Info>['user'], userId: string): Profile {
  const names = [profile.real_name, user.real_name, profile.display_name, user.name];
  return {
    name: names.find((name) => name !== undefined && name !== null && name !== '') ?? userId,
    teamId: user.team_id ?? null,
    email: profile.email?.toLowerCase() ?? null,
    isBot: user.is_bot ?? false,
  };
}
