import type { Json } from '../workspace/state.ts';

/** What became of something that was sent to the app. */
export type Delivered =
  | { readonly kind: 'acked'; readonly payload: Json }
  /** Nothing within three seconds. */
  | { readonly kind: 'timeout' }
  | {
      readonly kind: 'failed';
      readonly reason: 'connection_failed' | 'http_error';
      /** The app wants it no more. */
      readonly isLast?: boolean;
    };

/** One thing that is sent to the app. */
export interface Parcel {
  readonly type: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Json;
  /** Which try this is, and why there was another before. */
  readonly retry: { readonly attempt: number; readonly reason: string } | null;
}

/** How the app is reached. */
export type Carry = (parcel: Parcel) => Promise<Delivered>;

/** How long Slack waits for an acknowledgement. */
export const ACK_WITHIN_MS = 3_000;
