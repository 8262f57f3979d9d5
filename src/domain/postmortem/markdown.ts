import { KEY_TIME_ROWS, NOT_IN_THE_RECORD, showLocal, showSpan, showUtc } from './markdown-times.ts';
import { escapeMarkdown } from './markdown-text.ts';
import type { ActionItem, Claim, Factor, PostmortemDraft, TimelineEntry } from './postmortem-draft.ts';

type Cite = (claim: Pick<Claim, 'messageIds' | 'eventIds'>) => string;

/** Renders the draft as a Markdown document. Everything that people or monitors wrote is escaped: it formats, links and mentions nothing. */
export function renderMarkdown(draft: PostmortemDraft): string {
  const cite = makeCite(draft);
  const list = (claims: readonly Claim[], empty = NOT_IN_THE_RECORD): string =>
    bullets(
      claims.map((claim) => claimLine(claim, cite)),
      empty,
    );
  const sections: readonly (readonly [string, string])[] = [
    ['Summary', list(draft.summary)],
    ['Impact', list(draft.impact)],
    ['Key times', keyTimes(draft, cite)],
    ['Detection', list(draft.detection)],
    ['Trigger', list(draft.trigger)],
    [
      'Contributing factors',
      factorList(
        draft.factors.filter(({ status }) => status === 'stated'),
        cite,
      ),
    ],
    ['Resolution', list(draft.resolution)],
    ['Timeline', timelineTable(draft, cite)],
    ['Decisions', list(draft.decisions)],
    [
      'Ruled out',
      factorList(
        draft.factors.filter(({ status }) => status === 'ruled-out'),
        cite,
      ),
    ],
    ['What went well', list(draft.wentWell, prompt('What helped, and should stay as it is?'))],
    ['What went poorly', list(draft.wentPoorly, prompt('What cost time, and what made it likely?'))],
    [
      'Where we got lucky',
      list(draft.lucky, prompt('What would have made it worse, and only chance prevented?')),
    ],
    [
      'Action items',
      bullets(
        draft.actionItems.map((item) => actionLine(item, cite)),
        '*None said. What will make this less likely, or quicker to end?*',
      ),
    ],
    ['Open questions', list(draft.openQuestions, '*None.*')],
    ...(draft.withheld.length ? [['Withheld', withheldNote(draft)] as const] : []),
    ['Evidence', evidenceList(draft)],
  ];
  return (
    [
      `# Postmortem: ${escapeMarkdown(draft.metadata.title)}`,
      head(draft),
      ...sections.map(([title, body]) => `## ${title}\n\n${body}`),
    ].join('\n\n') + '\n'
  );
}

const prompt = (question: string): string => `*Nobody said. ${question}*`;

function bullets(lines: readonly string[], empty: string): string {
  return lines.length ? lines.map((line) => `- ${line}`).join('\n') : empty;
}

/** Numbers the evidence, so that a sentence can point at it. */
function makeCite(draft: PostmortemDraft): Cite {
  const numbers = new Map(draft.evidence.map(({ messageId }, i) => [messageId, i + 1]));
  return ({ messageIds, eventIds = [] }) => {
    const messages = messageIds.flatMap((id) => numbers.get(id) ?? []).map(String);
    const marks = [...messages, ...eventIds.map(escapeMarkdown)];
    return marks.length ? ` \\[${marks.join(', ')}\\]` : '';
  };
}

function head({ metadata, timezone }: PostmortemDraft): string {
  const { number, severity, incidentStatus, roles, participants, room, platform } = metadata;
  const rows: readonly (readonly [string, string])[] = [
    ['Incident', number === null ? '' : `#${number}`],
    ['Severity', escapeMarkdown(severity ?? '')],
    ['Status of the incident', escapeMarkdown(incidentStatus ?? '')],
    ['Status of this document', metadata.documentStatus],
    ...roles.map(({ role, person }) => [escapeMarkdown(role), escapeMarkdown(person)] as const),
    ['Participants', participants.map(escapeMarkdown).join(', ')],
    ['Room', escapeMarkdown([room, platform].filter(Boolean).join(' on '))],
    ['Times are shown in', zonesOf(timezone).join(' and ')],
  ];
  const body = rows.map(([name, value]) => `| ${name} | ${value || NOT_IN_THE_RECORD} |`).join('\n');
  return `> A draft, taken word for word from what was said. Numbers in brackets point at the evidence below. Please correct it together; blame nobody.\n\n| | |\n| --- | --- |\n${body}`;
}

function claimLine(claim: Claim, cite: Cite): string {
  const label = claim.label ? `**${capital(escapeMarkdown(claim.label))}:** ` : '';
  const by = claim.by ? ` (${escapeMarkdown(claim.by)})` : '';
  return `${label}${escapeMarkdown(claim.text)}${by}${cite(claim)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function factorList(factors: readonly Factor[], cite: Cite): string {
  return bullets(
    factors.map(
      (factor) =>
        `${escapeMarkdown(factor.text)} (${escapeMarkdown(factor.label ?? factor.status)})${cite(factor)}`,
    ),
    NOT_IN_THE_RECORD,
  );
}

function keyTimes({ times, timezone }: PostmortemDraft, cite: Cite): string {
  const rows = KEY_TIME_ROWS.map(([name, title, from, measure]) => {
    const time = times[name];
    const span = from === null ? undefined : showSpan(times[from], time);
    const cells = time
      ? [
          showIn(time.at, timezone),
          span ? `${span} (${measure})` : '',
          `${escapeMarkdown(time.source)}, confidence ${time.confidence}${cite(time)}`,
        ]
      : [
          NOT_IN_THE_RECORD,
          ...zonesOf(timezone)
            .slice(1)
            .map(() => ''),
          '',
          '',
        ];
    return tableRow([title, ...cells]);
  });
  return table(['', ...zonesOf(timezone), 'Duration', 'Source'], rows);
}

function timelineTable({ timeline, timezone }: PostmortemDraft, cite: Cite): string {
  if (!timeline.length) return NOT_IN_THE_RECORD;
  const row = (entry: TimelineEntry): string => {
    const repeats = entry.repeats ? ` (fired ${entry.repeats + 1} times)` : '';
    const edited = entry.original
      ? ` *(edited${entry.editedBy ? ` by ${escapeMarkdown(entry.editedBy)}` : ''}; the record says: ${escapeMarkdown(entry.original.text)}, ${showUtc(entry.original.at)})*`
      : '';
    const by = entry.by ? ` (${escapeMarkdown(entry.by)})` : '';
    const what = `${escapeMarkdown(entry.text)}${repeats}${by}${edited}${cite(entry)}`;
    return tableRow([showIn(entry.at, timezone), entry.kind, what]);
  };
  return table([...zonesOf(timezone), 'Kind', 'What'], timeline.map(row));
}

/** In what zones each time is told: the house's and UTC, once where they are the same. */
function zonesOf(timezone: string): readonly string[] {
  return timezone === 'UTC' ? ['UTC'] : [escapeMarkdown(timezone), 'UTC'];
}

/** An instant in these zones, a cell each. */
function showIn(at: string, timezone: string): string {
  return timezone === 'UTC' ? showUtc(at) : `${showLocal(at, timezone)} | ${showUtc(at)}`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const names = heads.map((head) => (head === '' ? '| ' : `| ${head} `)).join('');
  return [`${names}|`, tableRow(heads.map(() => '---')), ...rows].join('\n');
}

function actionLine(item: ActionItem, cite: Cite): string {
  const owner = item.ownerName ? escapeMarkdown(item.ownerName) : 'nobody yet';
  const due = item.due ? `, due ${escapeMarkdown(item.due)}` : '';
  const link = item.link ? `, ${escapeMarkdown(item.link)}` : '';
  return `[${item.done ? 'x' : ' '}] ${escapeMarkdown(item.text)} (owner: ${owner}${due}${link})${cite(item)}`;
}

function withheldNote({ withheld }: PostmortemDraft): string {
  const ids = withheld.map(escapeMarkdown).join(', ');
  return `Messages that read like an instruction to a machine stay in the room and say nothing here: ${ids}.`;
}

function evidenceList({ evidence, timezone }: PostmortemDraft): string {
  const line = ({ messageId, at, by, permalink }: PostmortemDraft['evidence'][number], i: number): string =>
    `${i + 1}. ${showLocal(at, timezone)}, ${escapeMarkdown(by)}, message ${escapeMarkdown(messageId)}${permalink ? `: ${escapeMarkdown(permalink)}` : ''}`;
  return evidence.length ? evidence.map(line).join('\n') : NOT_IN_THE_RECORD;
}
