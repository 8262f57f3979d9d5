import type { Refusal } from '../decision.ts';
import type { AlertSeverity, Directory } from '../directory.ts';

/** What was said of how bad an incident is: its severity, or what that follows from. */
export interface SaidBadness {
  readonly severity: string | null;
  readonly impact: string | null;
  readonly urgency: string | null;
  /** Whose impact counts where none was said. */
  readonly service: string | null;
}

/** A severity, and the words for what it was computed from; both null where nothing was said. */
export interface Computed {
  readonly severity: string | null;
  readonly because: string | null;
}

/** The severity that was said, else the one that follows from impact and urgency by the configured matrix, else none. */
export function severityOf(said: SaidBadness, directory: Directory): Computed | Refusal {
  const { severityMatrix: matrix, services } = directory;
  const { severity, urgency } = said;
  if (severity !== null || (said.impact === null && urgency === null)) return { severity, because: null };
  const own = said.service === null ? undefined : services.get(said.service)?.impact;
  const impact = said.impact ?? own ?? null;
  if (impact === null) return lacking('impact', matrix?.impacts ?? []);
  if (urgency === null) return lacking('urgency', matrix?.urgencies ?? []);
  const found = matrix?.severities.get(impact)?.get(urgency);
  return found === undefined
    ? { why: `No severity is configured for impact ${impact} and urgency ${urgency}.`, hint: null }
    : { severity: found, because: `impact ${impact}, urgency ${urgency}` };
}

function lacking(what: 'impact' | 'urgency', known: readonly string[]): Refusal {
  const why = what === 'impact' ? 'How big is the impact?' : 'How urgent is it?';
  return { why, hint: `Say \`${what} …\` too: ${known.join(', ')}. Or name the severity itself.` };
}

/** The severity of an alert's incident where the impact of what it is about is known; null where it is not. */
export function severityOfAlert(
  worst: AlertSeverity,
  { impact, urgency }: { readonly impact: string | null; readonly urgency: string | null },
  { severityMatrix: matrix }: Directory,
): string | null {
  if (matrix === undefined || impact === null) return null;
  return matrix.severities.get(impact)?.get(urgency ?? matrix.alertUrgency[worst]) ?? null;
}
