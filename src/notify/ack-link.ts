import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { signToken, verifyToken } from '../lib/signing.ts';
import type { PageNotice } from '../domain/page/notice.ts';

/** Who may acknowledge what with a link: this page, as this person, and nothing else. */
export const AckClaim = z.object({ incidentId: z.int(), pageId: z.string(), personId: z.string() });
export type AckClaim = z.infer<typeof AckClaim>;

/** What a link turned out to be. */
export type AckReading =
  | { readonly kind: 'ok'; readonly claim: AckClaim }
  | { readonly kind: 'expired'; readonly claim: AckClaim }
  | { readonly kind: 'forged' };

/** Makes and reads the acknowledge links of mails and webhooks. */
export interface AckLinks {
  /** Absolute URL that acknowledges this page as this person for 24 hours; null while our own address is not known. */
  readonly urlFor: (notice: PageNotice) => string | null;
  readonly read: (token: string) => AckReading;
}

export interface AckLinkDeps {
  /** 16 characters or more; a new one makes every link that is out there useless. */
  readonly secret: string;
  /** Where people reach this installation, e.g. `https://firebell.example.com`; asked for every link. */
  readonly publicUrl: () => string | null;
  readonly clock: Clock;
}

const PURPOSE = 'acknowledge';
const LASTS_MS = 24 * 3_600_000;

/** Links signed with one secret. */
export function createAckLinks({ secret, publicUrl, clock }: AckLinkDeps): AckLinks {
  const signing = { secret, purpose: PURPOSE };
  return {
    urlFor: ({ incidentId, pageId, person }) => {
      const base = publicUrl();
      if (base === null) return null;
      const claim = JSON.stringify({ incidentId, pageId, personId: person.id } satisfies AckClaim);
      const token = signToken(signing, claim, new Date(clock.now().getTime() + LASTS_MS));
      return `${base.replace(/\/+$/, '')}/ack/${token}`;
    },
    read: (token) => {
      const verified = verifyToken(signing, token, clock.now());
      // Nobody but us signs, so what is signed is a claim.
      return verified.kind === 'forged'
        ? verified
        : { kind: verified.kind, claim: AckClaim.parse(JSON.parse(verified.payload)) };
    },
  };
}
