import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { world } from '../web-api/sdk-world.ts';
import { connect } from './socket-client.ts';
import type { Json } from '../workspace/state.ts';

const textOf = (frame: Json): unknown =>
  (frame as { payload?: { event?: { text?: string } } }).payload?.event?.text;
const CHANNEL = { channel: '#general' };

describe('Socket Mode', () => {
  it('greets, brings each thing over one connection, and takes a ticket once', async () => {
    const here = await world();
    const [one, two] = [await connect(here), await connect(here)];
    expect(await one.frame(1)).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: here.slack.bot.appId },
    });
    expect(await two.frame(1)).toMatchObject({ type: 'hello', num_connections: 2 });

    const ana = here.slack.workspace.person('ana');
    for (let n = 0; n < 4; n++) await ana.types('/inc list', CHANNEL);

    expect([one.frames.length, two.frames.length]).toEqual([3, 3]);
    expect(one.frames[1]).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/inc', text: 'list', user_id: 'U0ANA', channel_name: 'general' },
    });
    const used = new WebSocket(one.socket.url);
    await expect(once(used, 'open')).rejects.toThrow('403');
  });

  it('lets ten in and turns the eleventh away', async () => {
    const here = await world();
    for (let n = 0; n < 10; n++) await connect(here);

    const eleventh = await connect(here);

    expect(await eleventh.frame(1)).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    expect(here.slack.sockets.open).toBe(10);
  });

  it('tells the person when nobody answers in three seconds, and never tries again', async () => {
    const here = await world();
    const silent = await connect(here);
    silent.acks = false;
    const ana = here.slack.workspace.person('ana');

    const typed = ana.types('/inc list', CHANNEL);
    await silent.frame(2);
    here.passes(3_000);
    expect(await typed).toMatchObject({ error: 'operation_timeout' });
    here.passes(600_000);
    expect(silent.frames).toHaveLength(2);

    await silent.closes();
    expect(await ana.types('/inc list', CHANNEL)).toMatchObject({ error: 'dispatch_failed' });
  });

  it('tries an event again at once, after a minute and after five', async () => {
    const here = await world();
    const silent = await connect(here);
    silent.acks = false;
    const said = here.slack.workspace.person('ana').says('@app', 'hello');
    await silent.frame(2);

    here.passes(3_000);
    await silent.frame(3);
    for (const [pauseMs, frames] of [
      [60_000, 4],
      [300_000, 5],
    ] as const) {
      here.passes(3_000);
      await here.slack.settled();
      here.passes(pauseMs);
      await silent.frame(frames);
    }
    await said;
    here.passes(3_000);
    await here.slack.settled();
    here.passes(600_000);

    const hellos = silent.frames.filter((frame) => textOf(frame) === 'hello');
    const attempts = hellos.map(({ retry_attempt, retry_reason }: Json & Record<string, unknown>) => [
      retry_attempt,
      retry_reason,
    ]);
    expect(attempts).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
  });

  it('sends an event again over another connection when the first is gone', async () => {
    const here = await world();
    await here.web.conversations.join({ channel: here.slack.workspace.channel('#general').id });
    const first = await connect(here);
    first.acks = false;
    const said = here.slack.workspace.person('ana').says('#general', 'hello');
    await first.frame(2);
    const second = await connect(here);

    await first.closes();
    await said;

    expect(textOf(await second.frame(2))).toBe('hello');
    expect(second.frames[1]).toMatchObject({ retry_attempt: 1, retry_reason: 'connection_failed' });
  });

  it('says goodbye in every way that Slack does', async () => {
    const here = await world();
    const client = await connect(here);
    const { sockets } = here.slack;

    sockets.disconnect('warning');
    expect(await client.frame(2)).toMatchObject({ type: 'disconnect', reason: 'warning' });
    expect(sockets.open).toBe(1);
    sockets.disconnect('refresh_requested');
    expect(await client.frame(3)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    expect(sockets.open).toBe(0);

    sockets.withholdHello();
    const mute = await connect(here);
    const next = await connect(here);
    expect(await next.frame(1)).toMatchObject({ type: 'hello', num_connections: 1 });
    expect(mute.frames).toEqual([]);

    sockets.storm(1);
    const brief = await connect(here);
    expect(await brief.frame(2)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    expect(sockets.open).toBe(1);

    sockets.sayRateLimited(here.slack.bot.teamId);
    expect(await next.frame(2)).toMatchObject({ type: 'events_api', payload: { type: 'app_rate_limited' } });
    sockets.goHalfOpen();
    let pongs = 0;
    next.socket.on('pong', () => pongs++);
    next.socket.ping();
    sockets.cut();
    await once(next.socket, 'close');
    expect(pongs).toBe(0);
  });

  it('doubles and reorders events when it is told to', async () => {
    const here = await world();
    const client = await connect(here);
    await here.web.conversations.join({ channel: here.slack.workspace.channel('#general').id });
    await here.slack.settled();
    const before = client.frames.length;
    const ana = here.slack.workspace.person('ana');

    here.slack.sockets.duplicateEvents();
    await ana.says('#general', 'one');
    here.slack.sockets.reorderEvents();
    await Promise.all([ana.says('#general', 'two'), ana.says('#general', 'three')]);
    await client.frame(before + 4);

    expect(client.frames.slice(before).map(textOf)).toEqual(['one', 'one', 'three', 'two']);
    expect(here.slack.sockets.acks.length).toBeGreaterThanOrEqual(before + 3);
  });
});
