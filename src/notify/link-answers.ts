import type { Said } from '../engine/front-door.ts';
import type { Actor } from '../domain/actor.ts';
import type { CommandOf } from '../domain/command.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { AckClaim, LinkAction } from './ack-link.ts';
import { person } from '../domain/actor.ts';
import { whoHasIt } from './ack-outcome.ts';
import type { AckPage } from './ack-page.ts';
import { instantIn, oneLine, webUrl } from './outside-text.ts';
import { wordsOf } from './page-words.ts';

type Done = Extract<Said, { kind: 'done' }>;
type Outcome = Pick<AckPage, 'heading' | 'lines' | 'tone'>;

/** What each kind of link says to Firebell when it is posted to. */
export const COMMANDS = {
  acknowledge: ({ incidentId, pageId, personId }) => ({
    type: 'escalation.acknowledge',
    by: person(personId),
    incidentId,
    pageId,
    promiseMs: null,
  }),
  decline: ({ incidentId, pageId, personId }) => ({
    type: 'escalation.decline',
    by: person(personId),
    incidentId,
    pageId,
  }),
} satisfies Record<
  LinkAction,
  (claim: AckClaim) => CommandOf<'escalation.acknowledge'> | CommandOf<'escalation.decline'>
>;

/** What the button of each kind of link says. */
export const BUTTONS: Readonly<Record<LinkAction, (name: string) => string>> = {
  acknowledge: (name) => `Acknowledge as ${name}`,
  decline: (name) => `I can’t take it (${name})`,
};

/** The way from each kind of link to the other one. */
export const OTHERS: Readonly<Record<LinkAction, { readonly action: LinkAction; readonly label: string }>> = {
  acknowledge: { action: 'decline', label: 'I can’t take it' },
  decline: { action: 'acknowledge', label: 'I can take it after all' },
};

/** What to tell the person once their acknowledgement or their no has been said. */
export function outcomeOf(
  action: LinkAction,
  notice: PageNotice,
  { said, nameOf }: { readonly said: Done; readonly nameOf: (actor: Actor) => string },
): Outcome {
  if (action === 'decline') {
    return {
      heading: 'Understood, it goes on to others',
      lines: ['The paging has stopped for you. Whoever is next is being told.'],
      tone: 'good',
    };
  }
  const whose = whoHasIt(said, notice.person.id);
  if (whose.kind === 'mine') {
    return {
      heading: 'You have it',
      lines: ['Everyone else is told, and the paging has stopped for you.'],
      tone: 'good',
    };
  }
  if (whose.kind === 'nobody') {
    return {
      heading: 'There is nothing left to acknowledge',
      lines: ['Nobody is being paged for this any more.'],
      tone: 'calm',
    };
  }
  const name = oneLine(nameOf(whose.by), 80);
  const since = whose.since === null ? '' : ` since ${instantIn(notice.person.zone, whose.since)}`;
  return {
    heading: `${name} was first`,
    lines: [`${name} has it${since}. Nothing more is needed from you.`],
    tone: 'calm',
  };
}

/** A page without a button that says what there is to say about this notice. */
export function calm(notice: PageNotice, heading: string): AckPage {
  return {
    heading: oneLine(heading, 200),
    over: wordsOf(notice).subject,
    lines: [],
    button: null,
    other: null,
    room: webUrl(notice.url),
    tone: 'calm',
  };
}

/** What an expired link says. */
export const STILL_OPEN =
  'It was good for 24 hours, and nobody has acknowledged since. Acknowledge in the room, or with the command ack in a direct message to Firebell.';

/** For a token that was not signed by us. */
export const FORGED: AckPage = {
  heading: 'This is not a link of ours',
  over: null,
  lines: [
    'It may have been cut off on its way: copy the whole line from the mail. If that does not help, acknowledge in the chat; the paging goes on until somebody does.',
  ],
  button: null,
  other: null,
  room: null,
  tone: 'calm',
};

/** For a genuine token whose page is not known here. */
export const GONE: AckPage = {
  heading: 'There is no such page any more',
  over: null,
  lines: [
    'The link is genuine, but this installation does not know the page. Look for the incident in the chat.',
  ],
  button: null,
  other: null,
  room: null,
  tone: 'calm',
};
