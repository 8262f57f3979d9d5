import { isOpen } from './incident.ts';
import type { Incident } from './incident.ts';

/** Whether a promise about time is kept, or cannot be missed any more. */
export function isMet(incident: Incident, target: 'acknowledge' | 'first_update' | 'resolve'): boolean {
  if (!isOpen(incident)) return true;
  switch (target) {
    case 'acknowledge':
      return incident.acknowledgedAt !== null;
    case 'first_update':
      return incident.lastUpdate !== null;
    case 'resolve':
      return false;
  }
}
