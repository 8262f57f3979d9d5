import type { Matcher } from '../directory.ts';
import { compilePattern } from './pattern.ts';
import type { Signal } from './signal.ts';

/** Whether an alert is meant; `service` is the configured service that it belongs to, where it belongs to one. */
export type Matches = (signal: Signal, service: string | null) => boolean;

/** A label that is missing reads as empty, as in Alertmanager. A pattern that cannot be used matches nothing. */
export function compileMatcher({ label, op, value }: Matcher): Matches {
  const read = (signal: Signal, service: string | null) => valueOf(label, signal, service);
  if (op === 'equals') return (signal, service) => read(signal, service) === value;
  if (op === 'not_equals') return (signal, service) => read(signal, service) !== value;
  const pattern = compilePattern(value);
  if (pattern.kind === 'bad') return () => false;
  if (op === 'matches') return (signal, service) => pattern.matches(read(signal, service));
  return (signal, service) => !pattern.matches(read(signal, service));
}

/** What an alert says under a label's name, or under `source`, `service`, `severity`, `title`; empty where it says nothing. */
export function valueOf(label: string, signal: Signal, service: string | null): string {
  switch (label) {
    case 'source':
      return signal.source;
    case 'service':
      return service ?? signal.service ?? '';
    case 'severity':
      return signal.severity;
    case 'title':
      return signal.title;
    default:
      return Object.hasOwn(signal.labels, label) ? (signal.labels[label] ?? '') : '';
  }
}
