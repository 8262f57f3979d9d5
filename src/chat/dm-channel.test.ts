import { describe, expect, it } from 'vitest';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import { MemoryPlatform } from '../../test/support/chat-platform.ts';
import { aDirectory } from '../../test/support/directory.ts';
import { dmChannel } from './dm-channel.ts';

function channelOn(platform = new MemoryPlatform()) {
  return { platform, channel: dmChannel({ chat: platform, directory: () => aDirectory() }) };
}

describe('a page by direct message', () => {
  it('is sent once per attempt and proven by its message', async () => {
    const { platform, channel } = channelOn();
    const sent = await channel.send(aNotice());
    expect(sent).toEqual({ kind: 'sent', messageId: 'dm%2Fzoe/m1' });
    expect(await channel.send(aNotice())).toEqual(sent);
    expect(platform.posts).toHaveLength(1);
    expect(platform.plainIn('dm/zoe')).toEqual([
      'SEV1: Payments fail (Checkout), since 2026-08-03 14:00 (Europe/Berlin). Please acknowledge.',
    ]);
  });

  it('is found again by whoever goes on after the process that sent it died', async () => {
    const { channel } = channelOn();
    expect(await channel.sentBefore?.(aNotice())).toBeNull();
    const sent = await channel.send(aNotice());
    expect(await channel.sentBefore?.(aNotice())).toEqual(sent);
  });

  it('is changed when the page is over', async () => {
    const { platform, channel } = channelOn();
    await channel.send(aNotice());
    const end = { why: 'acknowledged_by_other', by: 'Bob', at: new Date('2026-08-03T12:03:00Z') } as const;
    expect(await channel.update?.(aNotice({ end }), 'dm%2Fzoe/m1')).toEqual({
      kind: 'sent',
      messageId: 'dm%2Fzoe/m1',
    });
    expect(platform.plainIn('dm/zoe')).toEqual([
      'Payments fail: Bob acknowledged at 2026-08-03 14:03 (Europe/Berlin). Nothing is left for you to do.',
    ]);
    expect(await channel.update?.(aNotice({ end }), 'nonsense')).toMatchObject({ kind: 'failed' });
  });

  it('fails at once where it cannot work, and is tried again where it may', async () => {
    const { platform, channel } = channelOn();
    platform.failure = { kind: 'unreachable', reason: 'direct messages are closed', afterMs: null };
    expect(await channel.send(aNotice())).toEqual({ kind: 'failed', reason: 'direct messages are closed' });
    platform.failure = { kind: 'temporary', reason: 'slow down', afterMs: 3000 };
    expect(await channel.send(aNotice())).toEqual({ kind: 'retry', afterMs: 3000, reason: 'slow down' });
  });

  it('reaches whoever has a handle; the console knows everybody', () => {
    const slack = channelOn(new MemoryPlatform('slack')).channel;
    expect(slack.reaches(zoe())).toBe(false);
    expect(slack.reaches(zoe({ handles: { slack: 'U1' } }))).toBe(true);
    expect(channelOn().channel.reaches(zoe())).toBe(true);
  });
});
