import type { Signal } from '../../domain/alert/signal.ts';
import type { Fields } from '../fields.ts';
import { DEFAULT_SEVERITY, severityOf, statusOf } from '../vocabulary.ts';
import { NAMES } from './generic-fields.ts';

/** Whether an alert burns and how badly, with the sender's own word for the latter. */
export interface State {
  readonly status: Signal['status'];
  readonly severity: Signal['severity'];
  readonly word: string | null;
}

/** Reads status and severity, which many senders keep in one field (`state: critical`, `severity: ok`). */
export function readState(fields: Fields, labels: Readonly<Record<string, string>>): State {
  const said = fields.text(...NAMES.status);
  const isOver = fields.first(NAMES.isOver, (value) => (isTrue(value) ? true : null));
  const word =
    fields.text(...NAMES.severity) ?? priorityOf(fields) ?? labels['severity'] ?? labels['level'] ?? null;
  const status =
    isOver === true ? 'resolved' : (readStatus(said) ?? (saysOver(said, word) ? 'resolved' : 'firing'));
  const severity =
    severityOf(word) ?? (said !== null && SEVERITY_IN_STATE.test(said) ? severityOf(said) : null);
  return { status, severity: severity ?? DEFAULT_SEVERITY, word };
}

const SEVERITY_IN_STATE =
  /^\s*(critical|crit|emergency|fatal|error|major|warning|warn|minor|exception|nodata)\s*$/i;
const NEGATION = /^(not|no|never|un)$/;

/** A known word, or the last known one in `incident.resolved` and `Monitor is Down`. Doubt means firing. */
function readStatus(said: string | null): Signal['status'] | null {
  if (said === null) return null;
  const whole = statusOf(said);
  if (whole) return whole;
  const words = said
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  if (words.some((word) => NEGATION.test(word))) return 'firing';
  return words.map(statusOf).findLast((status) => status !== null) ?? 'firing';
}

/** `severity: ok` and no status at all is how some senders tell a recovery. */
function saysOver(said: string | null, word: string | null): boolean {
  return (
    said === null &&
    word !== null &&
    /^\s*(ok|okay|clear|cleared|resolved|recovered|recovery)\s*$/i.test(word)
  );
}

/** A priority of 1 is P1. A number as a severity means something else with every sender, so it is left alone. */
function priorityOf(fields: Fields): string | null {
  const priority = fields.text(...NAMES.priority);
  return priority !== null && /^[0-5]$/.test(priority.trim()) ? `P${priority.trim()}` : priority;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}
