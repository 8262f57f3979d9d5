import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { PostmortemDraft } from '../../domain/postmortem/postmortem-draft.ts';
import { counted } from '../../domain/timeline/phrase.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import type { Message } from '../message.ts';
import { context, text } from './blocks.ts';
import { drillMark, headlineOf, titleOf } from './naming.ts';

/** What the post of a draft needs. */
export interface DraftPost {
  readonly incident: Incident;
  readonly draft: PostmortemDraft;
  readonly markdown: string;
  readonly directory: Directory;
}

/** What transcripts call the post with the draft. */
export const DRAFT = 'screen.postmortem';

/** The drafted postmortem as it is posted in the room: what it holds, its summary, and the document itself. */
export function postmortemPost({ incident, draft, markdown, directory }: DraftPost): Message {
  const size = `${counted(draft.timeline.length, 'timeline line')}, ${counted(draft.actionItems.length, 'follow-up')}, ${counted(draft.openQuestions.length, 'open question')}`;
  const summary = draft.summary.slice(0, 4).map((claim) => cleanLine(claim.text, 300));
  return {
    blocks: [
      { kind: 'heading', text: `Postmortem draft · ${headlineOf(incident, directory)}` },
      ...(summary.length === 0 ? [] : [{ kind: 'list' as const, items: summary.map((line) => [line]) }]),
      text(`${size}. Every line cites the message or the event that says it; what nobody said is left open.`),
      { kind: 'document', title: `Postmortem of #${incident.id}: ${titleOf(incident)}`, markdown },
      context('A draft to correct together. Nobody is to blame; what made it possible is what counts.'),
    ],
    tone: incident.kind === 'drill' ? 'drill' : 'news',
    plain: `${drillMark(incident)}Postmortem draft of #${incident.id} ${titleOf(incident)}: ${size}.`,
    notify: [],
    event: DRAFT,
  };
}
