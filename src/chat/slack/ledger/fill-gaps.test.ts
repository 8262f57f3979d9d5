import { expect, it } from 'vitest';
import { anIncident } from '../../../../test/support/incident.ts';
import { slackParts } from '../../../../test/support/slack-parts.ts';
import { wholeTranscript } from '../../../store/platform-messages.ts';
import { SLACK } from '../parts.ts';
import { ensureRoom } from '../rooms.ts';
import { createGapFiller } from './fill-gaps.ts';

it(
  'reads all pages of a channel and of its threads, also when Slack asks for patience meanwhile',
  { timeout: 90_000 },
  async () => {
    const { parts, facts, slack } = await slackParts();
    const members = [...facts.directory.people.values()].filter(({ id }) => id === 'ana');
    const room = await ensureRoom(
      { key: 'incident:1', name: 'inc-1', topic: '', isPrivate: false, members },
      parts,
    );
    if (!room.ok) throw new Error(room.failure.reason);
    const { roomId } = room.value;
    facts.incidents = [anIncident({ id: 1, room: { platform: SLACK, roomId, name: 'inc-1' } })];
    const ana = slack.workspace.person('ana');
    const first = await ana.says(roomId, 'said 1');
    for (let n = 2; n <= 23; n += 1) await ana.says(roomId, `said ${n}`);
    for (let n = 1; n <= 21; n += 1) await ana.says(roomId, `answered ${n}`, { thread: first.ts });

    slack.workspace.givesPagesOf(10);
    slack.faults.add({ method: 'conversations.history', kind: 'rate_limited', seconds: 1 });
    slack.faults.add({ method: 'conversations.replies', kind: 'rate_limited', seconds: 1 });
    const filler = createGapFiller(parts);
    filler.begin();
    await filler.idle();

    const said = (await wholeTranscript(parts.deps.db, SLACK, roomId)).map(({ text }) => text);
    expect(said.filter((text) => text.startsWith('said'))).toHaveLength(23);
    expect(said.filter((text) => text.startsWith('answered'))).toHaveLength(21);
    expect(new Set(said).size).toBe(said.length);
  },
);
