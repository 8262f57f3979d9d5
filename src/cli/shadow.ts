import { compareLog, type Difference, type ShadowRun } from '../domain/shadow/shadow.ts';
import type { LoggedTarget } from '../domain/shadow/page-log.ts';
import { requireConfig } from './load-config.ts';
import { readPageLogs, type PageLog } from './shadow/read-log.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell shadow LOG... [--config FILE] [--about KIND:NAME] [--json]

Compares whom another tool paged with whom this configuration would have paged, moment by moment: how much agrees, and for
each difference the reason as far as it can be told. Needs no database and no network.

LOG is one of these, - reads standard input:

  PagerDuty    answers of GET /log_entries or /incidents/ID/log_entries, and of GET /incidents
  Opsgenie     answers of GET /v2/alerts, and of /v2/alerts/ID/recipients or /logs in files that have the alert's id in their name
  CSV          a first line with names, then a page a line:  at,service,person
                                                             2026-03-02T06:03:12Z,checkout,ana@example.com
  JSON lines   {"at":"2026-03-02T06:03:12Z","policy":"platform","person":"Ana Silva","incident":"812","since":"2026-03-02T06:02:55Z"}

  "service", "schedule" or "policy" says for what; "person" is a name, an address or an id; "since" is when the incident began
  and "incident" what belongs together: with them later steps of a policy are compared too.

  --config FILE       the configuration; else the file that CONFIG names, else ./firebell.yaml, else the built-in example
  --about KIND:NAME   what a page was for when the log names nothing that is known here, like schedule:primary
  --json              print {"from", "to", "compared", "agreeing", "agreement", "differences": [{"at", "kind", "name", "incident",
                      "theirs", "ours", "reason", "why"}], "unknownTargets", "unread"} on standard output

Exit code 0: compared. 1: nothing could be compared. 2: wrong call. 3: something cannot be read.
`;

/** `firebell shadow`: the old tool's log beside what this configuration would have done. */
export const shadowVerb: Verb = {
  name: 'shadow',
  summary: 'Compare whom another tool paged with whom Firebell would have paged',
  help: HELP,
  run: runShadow,
};

async function runShadow(argv: readonly string[], io: Io): Promise<number> {
  const call = takeApart(argv, { config: true, about: true, json: false });
  if (call.positionals.length === 0)
    throw new UsageError('firebell shadow needs a LOG of whom the old tool paged');
  const about = readAbout(call.value('about'));
  const log = await readPageLogs(call.positionals);
  const { directory } = await requireConfig(io, call.value('config'));
  const run = compareLog(log.pages, directory, about);
  if (call.has('json')) io.out(`${JSON.stringify(toJson(run, log), null, 2)}\n`);
  io.err(toText(run, log));
  return run.compared > 0 ? EXIT.ok : EXIT.no;
}

function readAbout(text: string | undefined): LoggedTarget | null {
  if (text === undefined) return null;
  const [, kind, name] = /^(service|schedule|policy):(.+)$/.exec(text) ?? [];
  if (name === undefined)
    throw new UsageError(
      `--about is like schedule:primary, service:checkout or policy:platform, not "${text}"`,
    );
  return { kind: kind as LoggedTarget['kind'], name };
}

function toJson({ differences, unknownTargets, ...figures }: ShadowRun, { bad }: PageLog) {
  return {
    ...figures,
    differences: differences.map(({ target, ...difference }) => ({ ...difference, ...target })),
    unknownTargets: Object.fromEntries(unknownTargets),
    unread: bad,
  };
}

const MOST_UNREAD = 20;

function toText(
  { from, to, compared, agreeing, agreement, differences, unknownTargets }: ShadowRun,
  { bad }: PageLog,
): string {
  const unread = bad.slice(0, MOST_UNREAD).map(({ line, reason }) => `${line} ${reason}`);
  const more =
    bad.length > MOST_UNREAD ? [`and ${bad.length - MOST_UNREAD} more lines that cannot be read`] : [];
  const unknown = [...unknownTargets].map(
    ([name, count]) => `not compared: ${name} is not in this configuration (${count} times)`,
  );
  const figure =
    agreement === null
      ? 'Nothing could be compared. --about says what pages were for.'
      : `${agreeing} of ${compared} moments agree (${(Math.floor(agreement * 1000) / 10).toFixed(1)} %), ${day(from)} to ${day(to)}.`;
  return [
    ...unread,
    ...more,
    ...unknown,
    ...differences.map(toLine),
    ...countsOf(differences),
    figure,
    '',
  ].join('\n');
}

function toLine({ at, target, theirs, ours, why }: Difference): string {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${when}  ${target.kind} ${target.name}: ${theirs.join(', ')} there, ${ours.join(', ') || 'nobody'} here: ${why}`;
}

function countsOf(differences: readonly Difference[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { reason } of differences) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${reason.replaceAll('_', ' ')} ${count}`);
  return parts.length > 0 ? ['', `Reasons: ${parts.join(', ')}.`] : [];
}

function day(at: Date | null): string {
  return at?.toISOString().slice(0, 10) ?? '';
}
