import { z } from 'zod';
import { personOf } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { Block, Button, Message, Reply } from '../../message.ts';
import { button, buttons, context, marked, note } from '../../views/blocks.ts';
import { SLACK } from '../parts.ts';
import { rendered } from '../rendered.ts';
import { notOurs } from './commands.ts';
import type { ReceiveParts } from './deps.ts';
import { HomeOpened } from './payloads.ts';
import { speakerOf } from './speaker.ts';

const MOST_BLOCKS = 100;
const MOST_ANSWERS = 5;
const Nothing = z.object({});

/** Somebody opens the app's own page. */
export async function hearHomeOpened(event: unknown, parts: ReceiveParts): Promise<void> {
  const { user, tab } = HomeOpened.parse(event);
  if (tab === 'home') await showHome(user, parts);
}

/** Shows somebody their page: what waits for them, who is on call, what is open, and a way to prove that they can be reached. */
export async function showHome(userId: string, parts: ReceiveParts): Promise<void> {
  const speaker = await speakerOf({ userId, teamId: null, name: null }, parts);
  const page = speaker.kind === 'external' ? whisperOf(notOurs(parts)) : await pageOf(speaker.actor, parts);
  const blocks = (await rendered(page, { roomId: userId, parts })).blocks.slice(0, MOST_BLOCKS);
  const shown = await parts.api.call({
    method: 'views.publish',
    args: { user_id: userId, view: { type: 'home', blocks } },
    answers: Nothing,
    urgency: 'card',
  });
  if (!shown.ok && shown.failure.kind === 'temporary')
    throw new Error(`a home page could not be shown: ${shown.failure.reason}`);
}

/** Made of the same answers that the commands give, so that the page says nothing that cannot be typed. */
async function pageOf(actor: Actor, parts: ReceiveParts): Promise<Message> {
  const ask = async (text: string): Promise<readonly Block[]> => {
    const reply = await parts.deps.front().command({ actor, platform: SLACK, roomId: null, text });
    return reply.kind === 'private' ? reply.message.blocks : [];
  };
  const [mine, onCall, open] = [await ask('list mine'), await ask('oncall'), await ask('list')];
  const answers = await answersOf(actor, parts);
  const [command = '/inc'] = parts.commands();
  const directory = parts.deps.directory();
  const page = note([['What waits for you, who is on call, and what is open.']], {
    directory,
    zone: directory.settings.zone,
  });
  return {
    ...page,
    blocks: [
      { kind: 'heading', text: 'Waiting for you' },
      ...withoutHeading(mine),
      ...buttons(...answers),
      ...onCall,
      { kind: 'heading', text: 'Open incidents' },
      ...withoutHeading(open),
      ...buttons(
        button('run-command', 'Declare an incident', { value: 'new', style: 'danger' }),
        button('run-command', 'Prove I can be reached', { value: 'test' }),
        button('run-command', 'My next shifts', { value: 'shifts' }),
      ),
      context(
        ...marked(
          `The same by typing, anywhere in Slack: \`${command} new\`, \`${command} test\` pages you now through all your rules, \`${command} help\` lists everything.`,
        ),
      ),
    ],
  };
}

/** A button for each incident that pages them: at night nobody wants to look for the message. */
async function answersOf(actor: Actor, { deps }: ReceiveParts): Promise<readonly Button[]> {
  const id = personOf(actor);
  const pages = id === null ? [] : await deps.reads.openPagesOf(id);
  const incidents = [...new Set(pages.map(({ incidentId }) => incidentId))];
  return incidents
    .slice(0, MOST_ANSWERS)
    .map((incident) =>
      button('acknowledge', `Acknowledge #${incident}`, { value: incident, style: 'primary' }),
    );
}

function withoutHeading(blocks: readonly Block[]): readonly Block[] {
  return blocks.filter(({ kind }) => kind !== 'heading');
}

function whisperOf(reply: Reply): Message {
  if (reply.kind !== 'private') throw new Error(`expected words, got ${reply.kind}`);
  return reply.message;
}
