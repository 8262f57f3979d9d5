import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dailyRotation } from '../../../../test/support/directory.ts';
import { anIncident } from '../../../../test/support/incident.ts';
import { slackParts } from '../../../../test/support/slack-parts.ts';
import type { SlackPartsWorld } from '../../../../test/support/slack-parts.ts';
import { setRoomState } from '../room-state.ts';
import { ensureRoom } from '../rooms.ts';
import { createArchiving } from './archive.ts';
import { createSilenceAlarms } from './silence-alarms.ts';
import { createGroupSync } from './user-groups.ts';

const MINUTE = 60_000;
const PATIENCE = { timeout: 60_000 };

async function openIncident({ parts, facts }: SlackPartsWorld): Promise<string> {
  const room = await ensureRoom(
    { key: 'incident:1', name: 'inc-1', topic: '', isPrivate: false, members: [] },
    parts,
  );
  if (!room.ok) throw new Error(room.failure.reason);
  const { roomId } = room.value;
  facts.incidents = [anIncident({ id: 1, room: { platform: 'slack', roomId, name: 'inc-1' } })];
  return roomId;
}

describe('the alarm that Slack raises when we are silent', PATIENCE, () => {
  it('waits in the room of an open incident and is pushed forward', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    const run = createSilenceAlarms(world.parts, () => 10 * MINUTE);
    const now = new Date();

    await run(now);
    const [first] = world.slack.workspace.scheduled;
    expect(first?.channel).toBe(roomId);
    expect((first?.postAt ?? 0) * 1_000).toBeGreaterThanOrEqual(now.getTime() + 14 * MINUTE);

    await run(new Date(now.getTime() + MINUTE));
    expect(world.slack.workspace.scheduled).toEqual([first]);

    await run(new Date(now.getTime() + 6 * MINUTE));
    const after = world.slack.workspace.scheduled;
    expect(after).toHaveLength(1);
    expect(after[0]?.postAt).toBeGreaterThan(first?.postAt ?? 0);
  });

  it('is taken out when the incident is over, and so is a stray of a process that died', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    await createSilenceAlarms(world.parts, () => 10 * MINUTE)(new Date());
    await world.parts.api.call({
      method: 'chat.scheduleMessage',
      args: { channel: roomId, post_at: Math.floor(Date.now() / 1_000) + 600, text: 'a stray' },
      answers: z.object({}),
      urgency: 'cosmetic',
    });
    expect(world.slack.workspace.scheduled).toHaveLength(2);

    world.facts.incidents = [];
    await createSilenceAlarms(world.parts, () => 10 * MINUTE)(new Date());

    expect(world.slack.workspace.scheduled).toEqual([]);
  });
});

describe('a user group that names who is on call', PATIENCE, () => {
  it('has whoever is on call, and nobody else', async () => {
    const world = await slackParts();
    await makeGroup(world, 'oncall');
    const schedule = { id: 'nights', name: 'Nights', schedule: dailyRotation('ana') };
    world.facts.directory = { ...world.facts.directory, schedules: new Map([['nights', schedule]]) };

    await createGroupSync(world.parts, () => new Map([['oncall', ['nights']]]))(new Date());

    expect(world.slack.workspace.groupMembers('oncall')).toEqual(['U0ANA']);
  });

  it('is never emptied, and says what is wrong', async () => {
    const world = await slackParts();
    await makeGroup(world, 'oncall');
    const groups = new Map([
      ['oncall', ['no-such-schedule']],
      ['missing', ['nights']],
    ]);

    await expect(createGroupSync(world.parts, () => groups)(new Date())).rejects.toThrow(
      'Slack user groups: @oncall: nobody on call has an account on Slack, so it stays as it was; @missing: there is no such user group: make it under People > User groups',
    );
    expect(world.slack.calls.of('usergroups.users.update')).toEqual([]);
  });
});

describe('the room of an incident that is over', PATIENCE, () => {
  const DAY = 24 * 60 * MINUTE;

  it('is archived after its delay, once: whoever opens it again has it', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    const resolvedAt = new Date();
    const [incident] = world.facts.incidents;
    if (incident === undefined) throw new Error('expected an incident');
    world.facts.incidents = [{ ...incident, status: 'closed', resolvedAt }];
    const run = createArchiving(world.parts, () => DAY);
    const isArchived = (): boolean => world.slack.workspace.channel(roomId).archived;

    await run(new Date(resolvedAt.getTime() + DAY - MINUTE));
    expect(isArchived()).toBe(false);
    await run(new Date(resolvedAt.getTime() + DAY));
    expect(isArchived()).toBe(true);

    await world.slack.workspace.archives(roomId, { by: 'ana', archived: false });
    await run(new Date(resolvedAt.getTime() + DAY + MINUTE));
    expect(isArchived()).toBe(false);
  });

  it('is opened again with the incident', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    await world.slack.workspace.archives(roomId, { by: 'ana' });

    const state = { topic: 'SEV1 · investigating', members: [], archived: false };
    expect(await setRoomState(roomId, state, world.parts)).toEqual({ ok: true, value: null });

    expect(world.slack.workspace.channel(roomId)).toMatchObject({
      archived: false,
      topic: 'SEV1 · investigating',
    });
  });
});

async function makeGroup({ parts }: SlackPartsWorld, handle: string): Promise<void> {
  const made = await parts.api.call({
    method: 'usergroups.create',
    args: { name: handle, handle },
    answers: z.object({}),
    urgency: 'cosmetic',
  });
  if (!made.ok) throw new Error(made.failure.reason);
}
