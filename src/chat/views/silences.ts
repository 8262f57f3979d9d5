import type { Alert } from '../../domain/alert/alert.ts';
import { matcherWords } from '../../domain/alert/read-silence.ts';
import { coverOf, isActive, matchesAll } from '../../domain/alert/silence.ts';
import type { HeldSilence, Silence, WorkedOn } from '../../domain/alert/silence.ts';
import { heldWords } from '../../domain/alert/tell-silence.ts';
import type { HeldBack } from '../../domain/alert/tell-silence.ts';
import { isWide } from '../../domain/alert/silence-rules.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Line } from '../../domain/text.ts';
import { whoOf } from '../../domain/timeline/phrase.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Message } from '../message.ts';
import type { Asking } from '../step.ts';
import { button, buttons, context, note, text, tidy } from './blocks.ts';
import { listScreen } from './lists.ts';
import { plainLine } from './plain.ts';

const MOST_INCIDENTS = 4;
const MOST_SHOWN = 3;

/** What was understood, how to take it back, and the open incidents that such alerts belong to already: those go on. */
export function silenceMade(silence: Silence, firing: readonly WorkedOn[], asking: Asking): Message {
  const { id, matchers, until } = silence;
  const length = formatDuration(until.getTime() - asking.now.getTime());
  const said: Line = [
    'Silenced ',
    { code: matcherWords(matchers) },
    ' until ',
    { time: until },
    ` (${asking.zone}), for ${length}. New alerts like that open no incident and page nobody; when it ends, those that still fire do.`,
  ];
  const wide: readonly Line[] = isWide(matchers) ? [['These are alerts of every service.']] : [];
  const strange = strangeLines(silence, asking.directory);
  const lines = [said, ...wide, ...strange, ...workLines(silence, firing)];
  return {
    ...note(lines, asking, { tone: 'good' }),
    blocks: [
      ...lines.map((line) => text(...tidy(line))),
      ...buttons(button('run-command', 'End it now', { value: `silence end ${id}` })),
      context(
        `Silence ${id}. What it holds back: `,
        { code: `silence ${id}` },
        '. To end it: ',
        { code: `silence end ${id}` },
        '.',
      ),
    ],
  };
}

/** When a silence ends now, after its end was moved. */
export function silenceHasMoved({ id, matchers, until }: Silence, asking: Asking): Message {
  const length = formatDuration(until.getTime() - asking.now.getTime());
  const line: Line = [
    `Silence ${id} ends at `,
    { time: until },
    ` (${asking.zone}), ${length} from now: `,
    { code: matcherWords(matchers) },
    '.',
  ];
  return note([line], asking, { tone: 'good' });
}

/** What an ended silence leaves. */
export function silenceEnded({ id, matchers }: Silence, back: HeldBack, asking: Asking): Message {
  return note(
    [[`Silence ${id} has ended: `, { code: matcherWords(matchers) }, ` pages again. ${heldWords(back)}`]],
    asking,
  );
}

/** Every silence that is not over, the next to end first. */
export function silencesScreen(silences: readonly HeldSilence[], asking: Asking): Message {
  const active = silences
    .filter((one) => isActive(one, asking.now))
    .toSorted((a, b) => a.until.getTime() - b.until.getTime());
  return listScreen(
    {
      heading: 'Silences',
      items: active.map(silenceLine),
      empty: 'None: every alert counts.',
      foot: [
        'To make one: ',
        { code: 'silence service=checkout 2h' },
        '. What one holds back: ',
        { code: 'silence <number>' },
        '. To end it: ',
        { code: 'silence end <number>' },
        ...(asking.incident === null
          ? []
          : ['. More alerts like those of this incident: ', { code: 'silence 2h' }]),
      ],
    },
    asking,
  );
}

/** One silence, and the alerts that it holds back now. */
export function silenceScreen(silence: HeldSilence, alerts: readonly Alert[], asking: Asking): Message {
  const said = silenceLine(silence);
  const items = alerts.map(({ signal, firstAt }): Line => [
    { bold: signal.title },
    ...(signal.service === null ? [] : [` · ${signal.service}`]),
    ' · since ',
    { time: firstAt },
  ]);
  const more = silence.firing - alerts.length;
  const all = more > 0 ? [...items, [`and ${more} more`]] : items;
  return {
    blocks: [
      { kind: 'heading', text: `Silence ${silence.id}` },
      text(...tidy(said)),
      ...(all.length === 0 ? [] : [{ kind: 'list' as const, items: all.map(tidy) }]),
      ...buttons(button('run-command', 'End it now', { value: `silence end ${silence.id}` })),
    ],
    tone: 'calm',
    plain: [said, ...all].map((line) => plainLine(line, asking)).join(' '),
    notify: [],
  };
}

/** What should be known of silences by whoever asks whom a service would page. */
export function silencedLines(silences: readonly Silence[], service: string, at: Date): readonly Line[] {
  const { whole, part } = coverOf(silences, service, at);
  const longest = whole.toSorted((a, b) => b.until.getTime() - a.until.getTime())[0];
  const all: readonly Line[] =
    longest === undefined
      ? []
      : [
          [
            { bold: 'Its alerts are silenced until ' },
            { time: longest.until },
            ` (silence ${longest.id}): until then only an incident that somebody declares pages like this.`,
          ],
        ];
  return [
    ...all,
    ...part
      .slice(0, MOST_SHOWN)
      .map(({ id, matchers, until }): Line => [
        'Some of its alerts are silenced until ',
        { time: until },
        ` (silence ${id}): `,
        { code: matcherWords(matchers) },
        '.',
      ]),
  ];
}

/** A silence in a list: what, until when, whose, why, and what it holds back. */
export function silenceLine(silence: HeldSilence): Line {
  const { id, matchers, until, by, at, why, movedAt, movedBy } = silence;
  return [
    { bold: `Silence ${id}` },
    ': ',
    { code: matcherWords(matchers) },
    ' until ',
    { time: until },
    '. Made by ',
    whoOf(by),
    ' at ',
    { time: at },
    why === null ? '. ' : `: ${why}. `,
    ...(movedBy === null
      ? []
      : [
          'Its end was moved by ',
          whoOf(movedBy),
          ...(movedAt === null ? [] : [' at ', { time: movedAt }]),
          '. ',
        ]),
    heldNow(silence),
  ];
}

function heldNow({ held, firing }: HeldBack): string {
  if (held === 0) return 'No such alert has come yet.';
  if (held === 1) return `Holds back 1 alert, which ${firing === 0 ? 'has cleared' : 'fires now'}.`;
  return `Holds back ${held} alerts, ${firing === 0 ? 'none' : firing} of them firing now.`;
}

/** What open incidents have of such alerts: a silence hides nothing that people work on. */
function workLines({ matchers }: Silence, firing: readonly WorkedOn[]): readonly Line[] {
  if (firing.length === 0) return [];
  const matches = matchesAll(matchers);
  const meant = firing.filter(({ signal, service }) => matches(signal, service));
  if (meant.length === 0) return [['None of the alerts that fire in open incidents now is like that.']];
  const incidents = [...Map.groupBy(meant, ({ incidentId }) => incidentId)];
  const all =
    firing.length === 1
      ? 'the one alert that fires in an open incident now'
      : `${meant.length} of the ${firing.length} alerts that fire in open incidents now`;
  return [[`It matches ${all}. `, ...goOnLine(incidents.map(([id, { length }]) => [id, length]))]];
}

function goOnLine(counts: readonly (readonly [number, number])[]): Line {
  const [first = [0, 0], ...others] = counts;
  const [id, count] = first;
  if (others.length === 0)
    return [
      { incident: id },
      ` is open with ${count === 1 ? 'that one' : `these ${count}`} and goes on paging: `,
      { code: `snooze #${id} 2h` },
      ' or ',
      { code: `resolve #${id}` },
      '.',
    ];
  const named = counts
    .slice(0, MOST_INCIDENTS)
    .flatMap(([one, many], i): Line => [...(i === 0 ? [] : [', ']), { incident: one }, ` (${many})`]);
  const more = counts.length - MOST_INCIDENTS;
  return [
    'These incidents are open with them and go on paging, until somebody snoozes or resolves them: ',
    ...named,
    ...(more > 0 ? [` and ${more} more`] : []),
    '.',
  ];
}

/** A name that no service has may well be mistyped. */
function strangeLines({ matchers }: Silence, { services }: Directory): readonly Line[] {
  return matchers.flatMap(({ label, op, value }): readonly Line[] =>
    label === 'service' && op === 'equals' && !services.has(value)
      ? [[`No configured service is called ${value}: only alerts that name it so are meant.`]]
      : [],
  );
}
