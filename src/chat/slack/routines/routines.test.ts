import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onCallAt } from '../../../domain/schedule/on-call.ts';
import { aPolicy, aStep, dailyRotation } from '../../../../test/support/directory.ts';
import { anIncident } from '../../../../test/support/incident.ts';
import { slackParts } from '../../../../test/support/slack-parts.ts';
import type { SlackPartsWorld } from '../../../../test/support/slack-parts.ts';
import { setRoomState } from '../room-state.ts';
import { directRoom, ensureRoom } from '../rooms.ts';
import { createArchiving } from './archive.ts';
import { createSilenceAlarms } from './silence-alarms.ts';
import { createGroupSync } from './user-groups.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
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

/** All of our processes die just after the alarm was left there; what is said then. */
async function silentForAnHour({ parts, slack }: SlackPartsWorld, time: { now: number }) {
  await createSilenceAlarms(parts, () => 10 * MINUTE)(new Date(time.now));
  time.now += 60 * MINUTE;
  slack.catchUp();
  const isSaid = (text: string): boolean => text.includes('Firebell');
  return {
    messages: (roomId: string) =>
      slack.workspace
        .messages(roomId)
        .map(({ text }) => text)
        .filter(isSaid),
  };
}

describe('the alarm that Slack raises when we are silent', PATIENCE, () => {
  it('waits in the room of an open incident and is pushed forward', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    const run = createSilenceAlarms(world.parts, () => 10 * MINUTE);
    const now = new Date();

    const inRoom = () => world.slack.workspace.scheduled.filter(({ channel }) => channel === roomId);

    await run(now);
    const [first] = inRoom();
    expect((first?.postAt ?? 0) * 1_000).toBeGreaterThanOrEqual(now.getTime() + 14 * MINUTE);

    await run(new Date(now.getTime() + MINUTE));
    expect(inRoom()).toEqual([first]);

    await run(new Date(now.getTime() + 6 * MINUTE));
    const after = inRoom();
    expect(after).toHaveLength(1);
    expect(after[0]?.postAt).toBeGreaterThan(first?.postAt ?? 0);
  });

  it('waits with those on call for what is open, one message each, and goes over to the next with the shift', async () => {
    const world = await slackParts();
    await openIncident(world);
    const nights = { id: 'nights', name: 'Nights', schedule: dailyRotation('ana', 'ben') };
    const policy = aPolicy([aStep([{ kind: 'schedule', id: 'nights' }])]);
    world.facts.directory = {
      ...world.facts.directory,
      schedules: new Map([['nights', nights]]),
      policies: new Map([['default', policy]]),
    };
    const [first] = world.facts.incidents;
    const second = anIncident({ id: 2, title: 'Search is slow', room: null });
    world.facts.incidents = [...(first ? [first] : []), second];
    const now = Date.now();
    const [today = '', tomorrow = ''] = [now, now + DAY].map(
      (at) => onCallAt(nights.schedule, new Date(at))[0],
    );
    expect(today).not.toBe(tomorrow);
    const run = createSilenceAlarms(world.parts, () => 10 * MINUTE);

    await run(new Date(now));
    const [text, ...more] = await alarmsFor(today, world);
    expect(more).toEqual([]);
    expect(text).toMatch(/silent for 10 min\*, and these are still open/);
    expect(text).toMatch(/#1 · SEV1 · Payments fail <#C/);
    expect(text).toMatch(/#2 · SEV1 · Search is slow/);
    expect(text).toContain(`Escalate by hand: <@U0${today.toUpperCase()}>, <@U0CLEO>`);
    expect(await alarmsFor(tomorrow, world)).toEqual([]);

    await run(new Date(now + DAY));
    expect(await alarmsFor(today, world)).toEqual([]);
    expect(await alarmsFor(tomorrow, world)).toHaveLength(1);

    world.facts.incidents = [];
    await run(new Date(now + DAY + MINUTE));
    expect(world.slack.workspace.scheduled).toEqual([]);
  });

  it('leaves no false alarm behind when Slack holds up the taking out', async () => {
    const world = await slackParts();
    await openIncident(world);
    const run = createSilenceAlarms(world.parts, () => 10 * MINUTE);
    const now = Date.now();
    await run(new Date(now));
    const before = world.slack.workspace.scheduled.map(({ channel }) => channel).toSorted();

    world.slack.faults.add({ method: 'chat.deleteScheduledMessage', kind: 'http_503', times: 2 });
    await run(new Date(now + 6 * MINUTE));
    expect(world.slack.workspace.scheduled.length).toBeGreaterThan(before.length);
    await run(new Date(now + 7 * MINUTE));

    expect(world.slack.workspace.scheduled.map(({ channel }) => channel).toSorted()).toEqual(before);
  });

  it('is followed by word that all is well again, once, when Slack has sent it', async () => {
    const time = { now: Date.now() };
    const world = await slackParts({ clock: { now: () => new Date(time.now) } });
    const roomId = await openIncident(world);
    const { messages } = await silentForAnHour(world, time);
    expect(messages(roomId)).toEqual([
      expect.stringMatching(/has been silent for 10 min\*, and this is still open/),
    ]);

    const run = createSilenceAlarms(world.parts, () => 10 * MINUTE);
    world.slack.faults.add({ method: 'chat.postMessage', kind: 'http_503' });
    await run(new Date(time.now));
    await run(new Date(time.now + MINUTE));
    await run(new Date(time.now + 2 * MINUTE));

    expect(messages(roomId).slice(1)).toEqual([
      expect.stringMatching(/^Firebell is running again and pages/),
    ]);
    expect(world.slack.workspace.scheduled.map(({ channel }) => channel)).toContain(roomId);
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
    const inRoom = world.slack.workspace.scheduled.filter(({ channel }) => channel === roomId);
    expect(inRoom).toHaveLength(2);

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

  it('follows the shift when it changes, and asks Slack nothing in between', async () => {
    const world = await slackParts();
    await makeGroup(world, 'oncall');
    const schedule = { id: 'nights', name: 'Nights', schedule: dailyRotation('ana', 'ben') };
    world.facts.directory = { ...world.facts.directory, schedules: new Map([['nights', schedule]]) };
    const run = createGroupSync(world.parts, () => new Map([['oncall', ['nights']]]));
    const midnight = Date.parse('2026-03-03T00:00:00Z');

    await run(new Date(midnight - MINUTE));
    const before = world.slack.workspace.groupMembers('oncall');
    const asked = world.slack.calls.all.length;
    for (let s = 55; s > 0; s -= 5) await run(new Date(midnight - s * 1_000));
    expect(world.slack.calls.all.length).toBe(asked);
    await run(new Date(midnight));

    const after = world.slack.workspace.groupMembers('oncall');
    expect([before, after].flat().toSorted()).toEqual(['U0ANA', 'U0BEN']);
    expect(world.slack.calls.of('usergroups.users.update')).toHaveLength(2);
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
  it('is archived after its delay, once: whoever opens it again has it', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    const over = new Date();
    const closed = { topic: 'SEV1 · closed', members: [], archived: true };
    // A process of its own for each run: nothing of it is kept in mind.
    const run = (now: number): Promise<void> => createArchiving(world.parts, () => DAY)(new Date(now));
    const isArchived = (): boolean => world.slack.workspace.channel(roomId).archived;

    await setRoomState(roomId, closed, world.parts);
    await run(over.getTime() + DAY - MINUTE);
    expect(isArchived()).toBe(false);
    await run(over.getTime() + DAY + MINUTE);
    expect(isArchived()).toBe(true);

    await world.slack.workspace.archives(roomId, { by: 'ana', archived: false });
    await setRoomState(roomId, closed, world.parts);
    await run(over.getTime() + 30 * DAY);
    expect(isArchived()).toBe(false);
  });

  it('is archived however long the bot was away, and tried again when Slack does not answer', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    await setRoomState(roomId, { topic: '', members: [], archived: true }, world.parts);
    world.slack.faults.add({ method: 'conversations.archive', kind: 'http_503' });
    const run = createArchiving(world.parts, () => DAY);

    await run(new Date(Date.now() + 40 * DAY));
    expect(world.slack.workspace.channel(roomId).archived).toBe(false);
    await run(new Date(Date.now() + 40 * DAY));
    expect(world.slack.workspace.channel(roomId).archived).toBe(true);
  });

  it('is opened again with the incident', async () => {
    const world = await slackParts();
    const roomId = await openIncident(world);
    await setRoomState(roomId, { topic: '', members: [], archived: true }, world.parts);
    await createArchiving(world.parts, () => 0)(new Date());
    expect(world.slack.workspace.channel(roomId).archived).toBe(true);

    const state = { topic: 'SEV1 · investigating', members: [], archived: false };
    expect(await setRoomState(roomId, state, world.parts)).toEqual({ ok: true, value: null });

    expect(world.slack.workspace.channel(roomId)).toMatchObject({
      archived: false,
      topic: 'SEV1 · investigating',
    });
    await createArchiving(world.parts, () => 0)(new Date());
    expect(world.slack.workspace.channel(roomId).archived).toBe(false);
  });
});

/** What Slack would say to somebody alone. */
async function alarmsFor(person: string, { parts, slack }: SlackPartsWorld): Promise<readonly unknown[]> {
  const room = await directRoom(`U0${person.toUpperCase()}`, person, parts);
  if (!room.ok) throw new Error(room.failure.reason);
  return slack.workspace.scheduled
    .filter(({ channel }) => channel === room.value.roomId)
    .map(({ args }) => args['text']);
}

async function makeGroup({ parts }: SlackPartsWorld, handle: string): Promise<void> {
  const made = await parts.api.call({
    method: 'usergroups.create',
    args: { name: handle, handle },
    answers: z.object({}),
    urgency: 'cosmetic',
  });
  if (!made.ok) throw new Error(made.failure.reason);
}
