import { isFiring } from './line-kinds.ts';
import type { Line } from './sanitise.ts';

/** What an alert is, whatever its counts and durations say. */
export function fingerprintOf(line: Line): string {
  const words = line.text
    .toLowerCase()
    .replace(
      /^\W*(?:firing|alert|alarm|resolved|critical|problem|triggered|recovered|recovery|ok|warning|cleared|down|up)\b[^\p{L}]*/u,
      '',
    )
    .replace(/\(.*?\)|[-–—].*$/gu, '')
    .replace(/\d+[\p{L}%]*/gu, '');
  return `${line.user} ${words.replace(/[^\p{L}.]+/gu, ' ').trim()}`;
}

/** The alerts of a record, folded by fingerprint. */
export interface AlertGroups {
  /** First firing of each alert. */
  readonly firstFirings: ReadonlySet<string>;
  /** Further firings, counted by the id of the first. */
  readonly repeats: ReadonlyMap<string, number>;
  readonly repeated: ReadonlySet<string>;
}

/** Folds the alerts: the first firing of each stands for all. */
export function groupAlerts(lines: readonly Line[]): AlertGroups {
  const open = new Map<string, string>();
  const firstFirings = new Set<string>();
  const repeated = new Set<string>();
  const repeats = new Map<string, number>();
  for (const line of lines) {
    if (!isFiring(line)) continue;
    const fingerprint = fingerprintOf(line);
    const first = open.get(fingerprint);
    if (first === undefined) {
      open.set(fingerprint, line.id);
      firstFirings.add(line.id);
    } else {
      repeated.add(line.id);
      repeats.set(first, (repeats.get(first) ?? 0) + 1);
    }
  }
  return { firstFirings, repeats, repeated };
}
