import type { KnownBlock } from '@slack/types';
import type { Message } from '../../message.ts';
import { blocksOf } from './blocks.ts';
import { fit } from './fit.ts';
import { entities } from './mrkdwn.ts';
import type { SlackReading } from './reading.ts';

/** A message as Slack takes it. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

const MOST_BLOCKS = 50;
/** Slack says `msg_blocks_too_long` somewhere above this. */
const MOST_CHARACTERS = 12_000;
/** `chat.update` takes no more than 4,000. */
const LONGEST_TEXT = 3_000;

/** A neutral message in Slack's words and within its limits. What has to be left out is said; buttons are never left out. */
export function renderMessage(message: Message, reading: SlackReading): SlackMessage {
  const blocks = [...mentionsIn(message, reading), ...blocksOf(message, reading)];
  return {
    text: fit(entities(message.plain), LONGEST_TEXT) || ' ',
    blocks: withinLimits(blocks.length === 0 ? [words(message.plain || ' ')] : blocks),
  };
}

/** Who is to be notified, in a line of its own: Slack notifies for what stands in its markup. */
function mentionsIn(
  { notify, notifyGroups = [] }: Message,
  { mentions, groups }: SlackReading,
): KnownBlock[] {
  const people = notify.flatMap((id) => mentions.get(id) ?? []).map((account) => `<@${account}>`);
  const called = notifyGroups.map((name) => {
    const id = groups.get(name);
    return id === undefined ? entities(`@${name}`) : `<!subteam^${id}>`;
  });
  const all = [...people, ...called];
  if (all.length === 0) return [];
  return [{ type: 'section', text: { type: 'mrkdwn', text: all.slice(0, 100).join(' '), verbatim: true } }];
}

function words(text: string): KnownBlock {
  return { type: 'section', text: { type: 'plain_text', text: fit(text, LONGEST_TEXT), emoji: false } };
}

function withinLimits(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  const sizes = blocks.map((block) => JSON.stringify(block).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const fits = total <= MOST_CHARACTERS * 2 && charactersIn(blocks) <= MOST_CHARACTERS;
  if (blocks.length <= MOST_BLOCKS && fits) return blocks;
  return shortened(blocks);
}

function shortened(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  const buttons = blocks.filter(({ type }) => type === 'actions').slice(0, MOST_BLOCKS - 2);
  let places = MOST_BLOCKS - 1 - buttons.length;
  let characters = MOST_CHARACTERS - charactersIn(buttons);
  let left = 0;
  const kept: KnownBlock[] = [];
  for (const block of blocks) {
    if (block.type === 'actions') {
      if (buttons.includes(block)) kept.push(block);
      continue;
    }
    const size = charactersIn([block]);
    if (left > 0 || places === 0 || size > characters) {
      left += 1;
      if (left === 1) kept.push(words('… shortened here: the rest is in Firebell.'));
      continue;
    }
    places -= 1;
    characters -= size;
    kept.push(block);
  }
  return kept;
}

/** What people read of it. */
function charactersIn(blocks: readonly KnownBlock[]): number {
  const texts = JSON.stringify(blocks).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
  return texts.reduce((sum, text) => sum + text.length - 9, 0);
}
