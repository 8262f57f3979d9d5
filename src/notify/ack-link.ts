import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { signToken, verifyToken } from '../lib/signing.ts';
import type { PageNotice } from '../domain/page/notice.ts';

/** What a link does when it is posted to. A link made for one is forged for every other. */
export type LinkAction = 'acknowledge' | 'decline';

/** Who may answer what with a link: this page, as this person, and nothing else. The attempt is the message that brought the link. */
export const AckClaim = z.object({
  incidentId: z.int(),
  pageId: z.string(),
  personId: z.string(),
  attemptId: z.string().optional(),
});
export type AckClaim = z.infer<typeof AckClaim>;

/** What a link turned out to be. */
export type AckReading =
  | { readonly kind: 'ok'; readonly claim: AckClaim }
  | { readonly kind: 'expired'; readonly claim: AckClaim }
  | { readonly kind: 'forged' };

/** Makes and reads the links by which pages are answered from mails, webhooks and phones. */
export interface AckLinks {
  /** Absolute URL that answers this page as this person for 24 hours; null while our own address is not known. */
  readonly urlFor: (notice: PageNotice, action?: LinkAction) => string | null;
  readonly read: (token: string, action?: LinkAction) => AckReading;
}

export interface AckLinkDeps {
  /** 16 characters or more; a new one makes every link that is out there useless. */
  readonly secret: string;
  /** Where people reach this installation, e.g. `https://firebell.example.com`; asked for every link. */
  readonly publicUrl: () => string | null;
  readonly clock: Clock;
}

/** Where the links of each action are served. */
export const LINK_PATHS: Readonly<Record<LinkAction, string>> = { acknowledge: '/ack', decline: '/decline' };

const LASTS_MS = 24 * 3_600_000;

/** Links signed with one secret. */
export function createAckLinks({ secret, publicUrl, clock }: AckLinkDeps): AckLinks {
  return {
    urlFor: ({ incidentId, pageId, attemptId, person }, action = 'acknowledge') => {
      const base = publicUrl();
      if (base === null) return null;
      const claim = JSON.stringify({ incidentId, pageId, personId: person.id, attemptId } satisfies AckClaim);
      const ends = new Date(clock.now().getTime() + LASTS_MS);
      const token = signToken({ secret, purpose: action }, claim, ends);
      return `${base.replace(/\/+$/, '')}${LINK_PATHS[action]}/${token}`;
    },
    read: (token, action = 'acknowledge') => {
      const verified = verifyToken({ secret, purpose: action }, token, clock.now());
      // Nobody but us signs, so what is signed is a claim.
      return verified.kind === 'forged'
        ? verified
        : { kind: verified.kind, claim: AckClaim.parse(JSON.parse(verified.payload)) };
    },
  };
}
