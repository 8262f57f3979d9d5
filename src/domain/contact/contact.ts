import type { Person } from '../directory.ts';

/** Channels on which a person has an address of their own that only a code can prove. */
export const PROVABLE = ['email', 'sms', 'voice', 'ntfy', 'pushover'] as const;
export type ProvableChannel = (typeof PROVABLE)[number];

/** Whether addresses on a channel have to be proven by a code before they are used, or count as proven because the file was reviewed. */
export type Verification = 'required' | 'trusted';

/** What is known about one address of a person on one channel. */
export interface ContactMethod {
  readonly personId: string;
  readonly channel: ProvableChannel;
  readonly verifiedAt: Date | null;
  readonly code: SentCode | null;
  /** Set while the provider refuses the address for good. */
  readonly failing: { readonly since: Date; readonly reason: string } | null;
}

/** The newest code that went out, and how many did within a day of the first of them. */
export interface SentCode {
  /** Keyed hash; the code itself is nowhere. */
  readonly hash: string;
  readonly sentAt: Date;
  /** Wrong answers so far. */
  readonly tries: number;
  readonly sentToday: number;
  readonly dayBegan: Date;
}

/** How an address stands, for whoever decides or looks. */
export type Standing = 'verified' | 'trusted' | 'unverified';

/** True for channels whose addresses can be proven. */
export function isProvable(channel: string): channel is ProvableChannel {
  return (PROVABLE as readonly string[]).includes(channel);
}

/** The address of a person on a channel; null when they have none, or when the channel has no addresses of people. */
export function addressOn(channel: string, { email, phone, handles }: Person): string | null {
  switch (channel) {
    case 'email':
      return email;
    case 'sms':
    case 'voice':
      return phone;
    default:
      return handles[channel] ?? null;
  }
}

/** How an address stands. What was proven stays so whatever the configuration asks for. */
export function standingOf(method: Pick<ContactMethod, 'verifiedAt'> | null, asked: Verification): Standing {
  if (method !== null && method.verifiedAt !== null) return 'verified';
  return asked === 'trusted' ? 'trusted' : 'unverified';
}

/** An address as others may see it: enough to tell which one it is. */
export function maskAddress(address: string): string {
  const [name = '', domain] = address.split('@');
  if (domain !== undefined) return `${name.slice(0, 1)}…@${domain}`;
  return address.length < 6 ? '…' : `${address.slice(0, 3)}…${address.slice(-2)}`;
}

/** What the ledger says of an attempt that was not made because its address is not proven. */
export const NOT_VERIFIED = 'not verified';
