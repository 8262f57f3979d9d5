import type { Alert, AlertGroup } from './alert.ts';

/** What a batch of signals changes. Alerts and groups are stored as they stand after the batch. */
export type AlertEvent =
  | { readonly type: 'alert.fired'; readonly alert: Alert }
  /** The same episode again: a repeat, a late delivery, an acknowledgement elsewhere. */
  | { readonly type: 'alert.repeated'; readonly alert: Alert }
  | { readonly type: 'alert.cleared'; readonly alert: Alert }
  /** Kept on record, and nobody is told. */
  | {
      readonly type: 'alert.suppressed';
      readonly alert: Alert;
      readonly reason: 'route' | 'silence' | 'recovery_only' | 'acknowledged_only';
    }
  | { readonly type: 'alert.group_opened'; readonly group: AlertGroup }
  | { readonly type: 'alert.group_changed'; readonly group: AlertGroup };
