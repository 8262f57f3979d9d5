import { BOT } from '../actor.ts';
import type { CommandOf } from '../command.ts';
import type { Refusal } from '../decision.ts';
import type { Directory, Route, Severity, Target, Urgency } from '../directory.ts';
import { severityHint } from '../incident/declare.ts';
import { severityOf } from '../incident/severity-matrix.ts';
import { routeFor } from './routes.ts';

/** Something that can be asked about: an incident of a service, or a page by hand. */
export interface Subject {
  readonly kind: 'service' | 'policy' | 'schedule' | 'team' | 'person';
  readonly id: string;
}

/** Whom would this page, if it began at `at`, these people were away, and nobody answered? */
export interface Question {
  readonly about: Subject;
  readonly at: Date;
  /** People who are taken off everything, as if nobody stood in for them. */
  readonly away: readonly string[];
  readonly severity: string | null;
  readonly urgency: Urgency | null;
  /** How bad it is in the words of the configured matrix, instead of a severity; absent where nothing was said. */
  readonly badness?: { readonly impact: string | null; readonly urgency: string | null };
}

const FORESEEN = 1;

/** The declaration that a question is about. The names in it must exist; a severity that does not fit is refused. */
export function declarationOf(
  question: Question,
  directory: Directory,
): CommandOf<'incident.declare'> | Refusal {
  const { about, urgency } = question;
  const route = about.kind === 'service' ? routeFor(about.id, directory).certain : null;
  const said = saidSeverity(question, route, directory);
  if (said !== null && typeof said === 'object') return said;
  const usual = said ?? usualSeverity(about, route, directory);
  const chosen = severityFor(usual, { isAsked: said !== null, urgency }, directory);
  if ('why' in chosen) return chosen;
  return {
    type: 'incident.declare',
    by: BOT,
    incidentId: FORESEEN,
    title: 'What would happen',
    summary: null,
    severity: chosen.id,
    kind: 'real',
    visibility: route?.visibility ?? 'public',
    service: about.kind === 'service' ? about.id : null,
    page: pagingOf(about, route?.policy ?? null),
    wantsRoom: true,
    autoResolve: route?.autoResolve ?? false,
    ackTakesCommand: route?.ackTakesCommand ?? false,
  };
}

/** The severity that was asked for, by itself or as impact and urgency; null when none was. */
function saidSeverity(
  { about, severity, badness }: Question,
  route: Route | null,
  directory: Directory,
): string | null | Refusal {
  if (severity !== null || badness === undefined) return severity;
  const isSaid = badness.impact !== null || badness.urgency !== null;
  if (!isSaid) return null;
  const impact = badness.impact ?? route?.impact ?? null;
  const urgency = badness.urgency ?? route?.urgency ?? null;
  const service = about.kind === 'service' ? about.id : null;
  const computed = severityOf({ severity: null, impact, urgency, service }, directory);
  return 'why' in computed ? computed : computed.severity;
}

/** What an incident has of which nobody says how bad it is: by its route, else by the settings. */
function usualSeverity(about: Subject, route: Route | null, directory: Directory): string {
  const { settings, severityMatrix, services } = directory;
  if (route?.severity !== undefined && route.severity !== null) return route.severity;
  const impact = route?.impact ?? (about.kind === 'service' ? services.get(about.id)?.impact : undefined);
  const computed =
    impact === undefined || route?.urgency === undefined
      ? undefined
      : severityMatrix?.severities.get(impact)?.get(route.urgency);
  return computed ?? settings.defaultSeverity;
}

function pagingOf({ kind, id }: Subject, routed: string | null): CommandOf<'incident.declare'>['page'] {
  switch (kind) {
    case 'service':
      return routed === null ? { kind: 'service' } : { kind: 'policy', policy: routed };
    case 'policy':
      return { kind: 'policy', policy: id };
    case 'schedule':
    case 'team':
    case 'person': {
      const targets: readonly Target[] = [{ kind, id }];
      return { kind: 'targets', targets, rulesNow: false };
    }
  }
}

interface Wanted {
  /** The severity was asked for, not assumed. */
  readonly isAsked: boolean;
  readonly urgency: Urgency | null;
}

function severityFor(id: string, { isAsked, urgency }: Wanted, directory: Directory): Severity | Refusal {
  const { severities } = directory;
  const place = severities.findIndex((one) => one.id === id);
  const found = severities[place];
  if (!found) return { why: `There is no severity ${id}.`, hint: severityHint(directory) };
  if (urgency === null || found.urgency === urgency) return found;
  const ofUrgency = severities.filter((one) => one.urgency === urgency).map((one) => one.id);
  if (isAsked)
    return {
      why: `${found.name} has ${found.urgency} urgency, not ${urgency}.`,
      hint:
        ofUrgency.length === 0
          ? `No severity has ${urgency} urgency.`
          : `Of ${urgency} urgency are: ${ofUrgency.join(', ')}.`,
    };
  const nearest = nearestOf(urgency, place, severities);
  return nearest ?? { why: `No severity has ${urgency} urgency.`, hint: severityHint(directory) };
}

function nearestOf(urgency: Urgency, place: number, severities: readonly Severity[]): Severity | undefined {
  return severities
    .map((severity, i) => ({ severity, distance: Math.abs(i - place) }))
    .filter(({ severity }) => severity.urgency === urgency)
    .toSorted((a, b) => a.distance - b.distance)[0]?.severity;
}
