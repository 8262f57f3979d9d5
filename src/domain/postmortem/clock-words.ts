import { resolveWall, wallTime } from '../schedule/zone.ts';

/** An instant that a text states in words, and where in the text. */
export interface StatedInstant {
  readonly atMs: number;
  readonly index: number;
  readonly end: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SLACK_AHEAD = 5 * MINUTE;

/** Offsets people write after a clock time, in minutes from UTC. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  west: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  jst: 540,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

const CLOCK =
  /(?<![\d:.@/-])(?:(?<date>\d{4}-\d\d-\d\d)[T ])?(?:(?<h>[01]?\d|2[0-3])[:h](?<m>[0-5]\d)(?::(?<s>[0-5]\d))?(?:\.\d+)?\s?(?<half>[ap]\.?m\b\.?)?|(?<h12>1[0-2]|0?[1-9])\s?(?<half12>[ap]m)\b)\s?(?<zone>(?:utc|gmt|z|[ecmpw]e?[sd]?t|eest|cest|west|bst|msk|ist|jst)\b)?(?![\d:])/gi;

/** The zone if the platform knows it, else UTC. */
export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone ? zone : 'UTC';
  } catch {
    return 'UTC';
  }
}

/** Finds the clock times of a text. Without a date the last one before the message is meant; without a zone the team's clock is read. */
export function statedInstants(text: string, postedMs: number, zone: string): readonly StatedInstant[] {
  const found: StatedInstant[] = [];
  for (const match of text.matchAll(CLOCK)) {
    const atMs = resolve(match, postedMs, zone);
    if (atMs !== undefined) found.push({ atMs, index: match.index, end: match.index + match[0].length });
  }
  return found;
}

function resolve(match: RegExpExecArray, postedMs: number, zone: string): number | undefined {
  const { date, h, m, s, half, h12, half12, zone: abbreviation } = match.groups ?? {};
  const clock = `${pad(hour24(h ?? h12 ?? '0', half ?? half12))}:${m ?? '00'}:${s ?? '00'}`;
  const offset = abbreviation === undefined ? undefined : ABBREVIATIONS[abbreviation.toLowerCase()];
  const on = (day: string): number => {
    const wall = Date.parse(`${day}T${clock}Z`);
    if (offset !== undefined) return wall - offset * MINUTE;
    return Number.isNaN(wall) ? wall : resolveWall(wall, zone).getTime();
  };
  if (date) return finite(on(date));
  const here = offset === undefined ? wallTime(new Date(postedMs), zone) : postedMs;
  const today = new Date(here).toISOString().slice(0, 10);
  const before =
    match.input.slice(Math.max(0, match.index - 14), match.index) +
    match.input.slice(match.index + match[0].length, match.index + match[0].length + 11);
  const candidates = [0, -1, 1]
    .map((days) => on(shift(today, days)))
    .filter((at) => at <= postedMs + SLACK_AHEAD);
  const latest = Math.max(...candidates);
  const isYesterday = /\byesterday\b/i.test(before) && on(today) <= postedMs + SLACK_AHEAD;
  return finite(isYesterday ? on(shift(today, -1)) : latest);
}

const finite = (ms: number): number | undefined => (Number.isFinite(ms) ? ms : undefined);
const pad = (hour: number): string => String(hour).padStart(2, '0');
const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

function hour24(hour: string, half: string | undefined): number {
  const h = Number(hour);
  if (!half || h > 12) return h;
  return (h % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

const UNIT: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, h: 60 * MINUTE, d: DAY };
const SPAN = String.raw`(?:(?:about|around|roughly|approx\.?|~|the (?:last|past)|past|last|nearly|almost)\s*)*(?<n>\d{1,4}(?:\.\d)?|an?|half an|a couple of|a few)\s?(?<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ou)?rs?|h|d(?:ays?)?)\b`;
const FOR = new RegExp(String.raw`\b(?:for|since|in|over)\s+${SPAN}(?!\s*(?:ago|timeout|window))`, 'i');
const AGO = new RegExp(String.raw`${SPAN}\s*ago\b`, 'i');

/** How long ago a text says that something began ("for 5m", "20 minutes ago"), in milliseconds; undefined when it does not say, or only vaguely. */
export function statedSpan(text: string): number | undefined {
  if (/\b(?:more|less|longer) than\b|\bover (?:an?|\d)/i.test(text)) return undefined;
  const groups = (FOR.exec(text) ?? AGO.exec(text))?.groups;
  const unit = UNIT[(groups?.['unit'] ?? '').charAt(0).toLowerCase()];
  const count = groups?.['n']?.toLowerCase();
  if (unit === undefined || count === undefined || count === 'a few') return undefined;
  if (count === 'half an') return unit / 2;
  if (count === 'a couple of') return unit * 2;
  return count.startsWith('a') ? unit : Number(count) * unit;
}
