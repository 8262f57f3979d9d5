import { POSTS, WORDS } from './lexicon.ts';
import type { Line } from './sanitise.ts';

/** The lines that hold the incident together. A key time rests on one of them; undefined is "not in the record". */
export interface Anchors {
  readonly detected: Line | undefined;
  readonly acknowledged: Line | undefined;
  readonly mitigated: Line | undefined;
  readonly resolved: Line | undefined;
  /** First firing of each alert. */
  readonly firstFirings: ReadonlySet<string>;
  /** Further firings, counted by the id of the first. */
  readonly repeats: ReadonlyMap<string, number>;
  readonly repeated: ReadonlySet<string>;
}

/** Tells whether a bot posted an alert that burns. */
export function isFiring(line: Line): boolean {
  return (
    line.bot &&
    line.event === undefined &&
    !isCleared(line) &&
    !isDeploy(line) &&
    !POSTS.chore.test(line.text) &&
    POSTS.firing.test(line.text)
  );
}

/** Tells whether a bot posted that an alert is over. */
export function isCleared(line: Line): boolean {
  return (
    line.bot && line.event === undefined && POSTS.cleared.test(line.text) && !POSTS.chore.test(line.text)
  );
}

/** Tells whether a bot posted a deploy, a rollback or a change of configuration in production. */
export function isDeploy(line: Line): boolean {
  const { text } = line;
  if (!line.bot || line.event !== undefined || POSTS.chore.test(text) || POSTS.cleared.test(text))
    return false;
  const onlyElsewhere = POSTS.nonProd.test(text) && !/\bprod/i.test(text);
  return (
    !onlyElsewhere &&
    POSTS.deploy.test(text) &&
    POSTS.outcome.test(text) &&
    !/^\[?(?:firing|alert|critical)/i.test(text)
  );
}

/** Tells whether a line asks and says nothing else. */
export function isQuestion(text: string): boolean {
  if (!text.includes('?'))
    return (
      /^(?:does|do|did|is|are|has|have|can|could|should|would|who|what|why|how|when|where|any(?:one|body)?)\b[^.!]*$/i.test(
        text,
      ) &&
      /\b(?:any(?:one|body)|you|someone|we|i)\b/i.test(text) &&
      !/,/.test(text)
    );
  const sentences = text.split(/(?<=[.!?])\s+/).filter(Boolean);
  if ((sentences.at(-1) ?? '').trim().endsWith('?')) return true;
  // A question with a statement after it that can stand alone is a statement.
  const rest = sentences.filter((sentence) => !sentence.endsWith('?')).join(' ');
  return rest.split(/\s+/).length < 5;
}

/** Tells whether a line is about something else than this incident in production, or about nothing. */
export function isAside(text: string): boolean {
  return (
    isOffTopic(text) || WORDS.elsewhere.test(text) || WORDS.memory.test(text) || WORDS.logistics.test(text)
  );
}

/** Tells whether a line is about life outside the incident. Peaks at lunch and cat pictures may matter where a cause is told. */
export function isOffTopic(text: string): boolean {
  return WORDS.offTopic.test(text) && !(WORDS.cause.test(text) && WORDS.finding.test(text));
}

/** Tells whether a line says what people outside suffer. */
export function saysImpact(text: string): boolean {
  return (WORDS.impact.test(text) && WORDS.symptom.test(text)) || WORDS.reach.test(text);
}

/** Finds the lines that carry the key times. */
export function findAnchors(lines: readonly Line[], topic: ReadonlySet<string>): Anchors {
  const alerts = groupAlerts(lines);
  const detected = findDetection(lines, topic);
  const from = detected?.atMs ?? lines[0]?.atMs ?? 0;
  const acknowledged = lines.find((line) => line.atMs >= from && isAck(line, detected));
  const after = lines.filter((line) => line.atMs >= from && line !== detected);
  const closed = after.findLast((line) => line.event === 'incident.resolved');
  const mitigated = findRecovery(closed ? after.filter((line) => line.atMs <= closed.atMs) : after);
  const resolved = closed ?? findClosing(after, mitigated);
  return {
    detected,
    acknowledged,
    mitigated: mitigated ?? (closed ? undefined : resolved),
    resolved,
    ...alerts,
  };
}

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

function groupAlerts(lines: readonly Line[]): Pick<Anchors, 'firstFirings' | 'repeats' | 'repeated'> {
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

function findDetection(lines: readonly Line[], topic: ReadonlySet<string>): Line | undefined {
  const hasAlerts = lines.some(isFiring);
  const isReport = (line: Line): boolean =>
    !line.bot &&
    WORDS.symptom.test(line.text) &&
    !isAside(line.text) &&
    !WORDS.nothingFound.test(line.text) &&
    (WORDS.impact.test(line.text) ||
      wordsOf(line.text).some((word) => topic.has(word)) ||
      (!hasAlerts && !isQuestion(line.text)));
  const first = lines.find(
    (line) =>
      isFiring(line) ||
      isReport(line) ||
      (line.bot && line.event === undefined && POSTS.tracker.test(line.text)),
  );
  return first ?? lines.find((line) => line.event === 'incident.declared');
}

function isAck(line: Line, detected: Line | undefined): boolean {
  if (line.bot) return /\backnowledged\b/i.test(line.text) || line.event === 'incident.acknowledged';
  const isSelf = line === detected && !/\b(?:looking|checking|investigating|on it)\b/i.test(line.text);
  return (
    !isSelf &&
    WORDS.ack.test(line.text) &&
    !isQuestion(line.text) &&
    !isOffTopic(line.text) &&
    !WORDS.elsewhere.test(line.text)
  );
}

/** Tells whether somebody says without a doubt that it works again. */
export function saysRecovered(line: Line): boolean {
  const { text } = line;
  if (line.bot || isQuestion(text) || isAside(text)) return false;
  return (
    WORDS.recovered.test(text) &&
    !WORDS.relapse.test(text) &&
    !WORDS.hedge.test(text) &&
    !/\b(?:not|isn'?t|aren'?t|until|once|when|if|before|wait)\b/i.test(text.slice(0, 80))
  );
}

function findRecovery(lines: readonly Line[]): Line | undefined {
  const relapse = lines.findLastIndex(
    (line, i) =>
      !line.bot &&
      WORDS.relapse.test(line.text) &&
      lines.slice(0, i).some(saysRecovered) &&
      !isAside(line.text) &&
      !isQuestion(line.text),
  );
  const hasLater = lines.slice(relapse + 1).some((line) => saysRecovered(line) || isCleared(line));
  const usable = hasLater ? lines.slice(relapse + 1) : lines;
  const said = usable.find(saysRecovered);
  const cleared = usable.findLast((line, i) => isCleared(line) && !usable.slice(i).some(isFiring));
  if (said && cleared)
    return said.atMs <= cleared.atMs || cleared.atMs < said.atMs - 30 * 60_000
      ? earlier(said, cleared)
      : cleared;
  return said ?? cleared;
}

const earlier = (a: Line, b: Line): Line => (a.atMs <= b.atMs ? a : b);

function findClosing(lines: readonly Line[], mitigated: Line | undefined): Line | undefined {
  const isClosing = (line: Line): boolean =>
    !isFiring(line) &&
    !isDeploy(line) &&
    !isCleared(line) &&
    WORDS.closing.test(line.text) &&
    !isQuestion(line.text) &&
    !isAside(line.text) &&
    !WORDS.hedge.test(line.text);
  const after = lines.filter((line) => !mitigated || line.atMs > mitigated.atMs);
  return after.find((line) => isClosing(line)) ?? lines.findLast(isCleared);
}

const COMMON = new Set(
  'the and for with that this from have has was were are not but you your our its out all can now per who how why what when where after before into over than then them they there their been being will would could should about again still just only some more most very much such here down fail failed failing error errors issue problem incident alert firing resolved prod sev1 sev2 sev3 sev4 high low service services check'.split(
    ' ',
  ),
);

/** The words of a text that can tie it to another one: lower case, three letters and more, no common ones. */
export function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/\p{L}[\p{L}\d_-]{2,}/gu) ?? []).filter((word) => !COMMON.has(word));
}
