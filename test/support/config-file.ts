import { loadConfig } from '../../src/config/load.ts';
import { showProblem } from '../../src/config/problem.ts';

/** A file that is right; tests make one mistake in it, by replacing one of its lines. */
export const GOOD = `people:
  ana: { email: ana@example.com, working_hours: { start: "09:00", end: "17:00" } }
  ben: { handles: { slack: U1 } }
teams:
  core: { members: [ana, ben] }
schedules:
  primary:
    time_zone: Europe/London
    layers:
      - participants: [ana, ben]
        rotation: { start_date: 2026-01-05, hand_off: "09:00" }
policies:
  main:
    steps:
      - targets: [{ schedule: primary }]
        ack_within: 5m
last_resort: { targets: [{ team: core }] }
services:
  checkout: { owner: core, policy: main, runbook: "https://example.com/r" }
  payments: { owner: core }
`;

/** What is wrong with a text, as `f:line:column: …`. */
export function problemsIn(text: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const loaded = loadConfig(text, { env, file: 'f', sourceTypes: ['alertmanager', 'generic'] });
  return ('problems' in loaded ? loaded.problems : loaded.warnings).map(showProblem);
}

/** The good file with one piece of it replaced. */
export function withLine(old: string, changed: string): string {
  if (!GOOD.includes(old)) throw new Error(`expected the good file to have ${old}`);
  return GOOD.replace(old, changed);
}
