import type { Directory } from '../../domain/directory.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { Incident, Task } from '../../domain/incident/incident.ts';
import { beganAt } from '../../domain/incident/incident.ts';
import { escapeMarkdown } from '../../domain/postmortem/markdown-text.ts';
import { formatInZone } from '../../domain/schedule/zone.ts';
import { serviceName } from '../../domain/timeline/phrase.ts';
import { timelineOf } from '../../domain/timeline/timeline.ts';
import type { Line } from '../../domain/text.ts';
import { cleanLines } from '../../lib/clean-text.ts';
import type { Message } from '../message.ts';
import type { RoomDocument } from '../platform.ts';
import { context } from './blocks.ts';
import { incidentLinks } from '../../domain/incident/links.ts';
import { drillMark, headlineOf, titleOf } from './naming.ts';
import { personName, plainLine } from './plain.ts';

const MOST_UPDATES = 10;
const MOST_LINES = 30;
const LONGEST_SUMMARY = 2_000;

/** What transcripts call the pinned summary, which is no part of what was said. */
export const SUMMARY = 'screen.summary';

/** What would end a link before its end. */
const CODES: Readonly<Record<string, string>> = { '(': '%28', ')': '%29', '<': '%3C', '>': '%3E' };

interface Known {
  /** The whole log. */
  readonly events: readonly RecordedEvent[];
  readonly directory: Directory;
}

/** What is known of an incident, for whoever comes late: what it is, who has it, the updates, the tasks, and how it went so far. */
export function runningSummary(incident: Incident, { events, directory }: Known): RoomDocument {
  const markdown = [
    ...factsOf(incident, directory),
    '## What is known',
    incident.summary === null
      ? '_Nobody has written it yet: type_ `summary …` _in the channel._'
      : paragraphs(incident.summary),
    ...section('## Updates', updatesOf(events, directory)),
    ...section(
      '## Tasks',
      incident.tasks.map((task) => taskLine(task, directory)),
    ),
    ...section('## How it went', storyOf(events, directory)),
    `_Firebell writes this page anew as things change. Times are in ${directory.settings.zone}._`,
  ].join('\n\n');
  return { title: headlineOf(incident, directory), markdown };
}

/** The same as a message, for a room that has no document. */
export function summaryPost(incident: Incident, { title, markdown }: RoomDocument): Message {
  const about = `${drillMark(incident)}Running summary of #${incident.id} ${titleOf(incident)}`;
  return {
    blocks: [
      { kind: 'document', title: `Running summary · ${title}`, markdown },
      context('Kept up to date here, because this workspace has no canvas for it.'),
    ],
    tone: 'calm',
    plain: `${about}: ${incident.summary ?? 'nobody has written down yet what is known.'}`,
    notify: [],
    event: SUMMARY,
  };
}

function factsOf(incident: Incident, directory: Directory): readonly string[] {
  const { runbook, call, statusPage } = incidentLinks(incident, directory);
  const roles = Object.entries(incident.roles).map(
    ([role, id]) => `${escapeMarkdown(role)}: **${escapeMarkdown(personName(id, directory))}**`,
  );
  const links = [
    ['Call', call],
    ['Runbook', runbook],
    ['Status page', statusPage],
  ] as const;
  return [
    [
      `**${incident.status}**`,
      `since ${timeOf(beganAt(incident), directory)}`,
      ...(incident.service === null ? [] : [escapeMarkdown(serviceName(incident.service, directory))]),
      ...roles,
    ].join(' · '),
    ...section(
      '',
      links.flatMap(([label, url]) =>
        url === null ? [] : [`[${label}](${url.replace(/[()\s<>]/g, (sign) => CODES[sign] ?? '%20')})`],
      ),
    ),
  ].filter((line) => line !== '');
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const list = lines.map((line) => `- ${line}`).join('\n');
  return heading === '' ? [list] : [heading, list];
}

/** The newest first: that is what somebody who comes late wants. */
function updatesOf(events: readonly RecordedEvent[], directory: Directory): readonly string[] {
  const updates = events.flatMap(({ event, at, by }) =>
    event.type === 'incident.update_posted'
      ? [
          `${timeOf(at, directory)} – ${escapeMarkdown(event.text)}${by.kind === 'person' ? ` – ${escapeMarkdown(personName(by.id, directory))}` : ''}`,
        ]
      : [],
  );
  return updates.toReversed().slice(0, MOST_UPDATES);
}

function taskLine({ number, text, owner, doneAt }: Task, directory: Directory): string {
  const whose = owner === null ? '' : ` – ${escapeMarkdown(personName(owner, directory))}`;
  const words = `${number}\\. ${escapeMarkdown(text)}${whose}`;
  return doneAt === null ? words : `~~${words}~~ done`;
}

function storyOf(events: readonly RecordedEvent[], directory: Directory): readonly string[] {
  const lines = timelineOf(events, directory).filter(({ weight }) => weight !== 'noise');
  const reading = { directory, zone: directory.settings.zone };
  const say = (line: Line): string => escapeMarkdown(plainLine(line, reading));
  const shown = lines.slice(-MOST_LINES).map(({ at, line }) => `${timeOf(at, directory)} – ${say(line)}`);
  return lines.length > MOST_LINES ? [`… ${lines.length - MOST_LINES} earlier lines`, ...shown] : shown;
}

function timeOf(at: Date, { settings }: Directory): string {
  return formatInZone(at, settings.zone);
}

function paragraphs(text: string): string {
  return cleanLines(text, LONGEST_SUMMARY).split('\n').map(escapeMarkdown).join('\n\n');
}
