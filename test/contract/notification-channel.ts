import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/domain/directory.ts';
import type { Delivery, NotificationChannel } from '../../src/engine/notification-channel.ts';
import { aNotice } from '../support/page-notice.ts';

/** What a provider can do to us; each channel's rig brings its real counterpart. */
export type ProviderMood =
  | { readonly kind: 'takes_it' }
  /** For good, with these words. */
  | { readonly kind: 'refuses'; readonly words: string }
  /** For now. */
  | { readonly kind: 'is_busy' }
  | { readonly kind: 'asks_to_wait'; readonly seconds: number }
  /** Accepts the connection and says nothing, ever. */
  | { readonly kind: 'is_silent' }
  /** Hangs up in the middle. */
  | { readonly kind: 'hangs_up' };

/** What the provider was told. `id` is what it would tell repeats by. */
export interface Told {
  readonly id: string;
  readonly text: string;
}

/** A channel that talks to a real provider on this machine. */
export interface ChannelRig {
  readonly channel: NotificationChannel;
  /** Somebody whom the channel reaches at this provider, and somebody whom it does not. */
  readonly reachable: Person;
  readonly unreachable: Person;
  readonly be: (mood: ProviderMood) => void;
  readonly told: () => readonly Told[];
  /** Resolves when a message has reached the silent provider and hangs there. */
  readonly hangs: () => Promise<void>;
  /** The provider is gone: nothing listens any more. */
  readonly vanish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ChannelContract {
  readonly name: string;
  readonly open: () => Promise<ChannelRig>;
  /** Tests that cannot hold for this channel, each with the reason. */
  readonly skip?: Readonly<Partial<Record<'asks_to_wait' | 'repeats' | 'told_text', string>>>;
}

/** What every notification channel promises the engine. The rig's time limits are to be around a second. */
export function notificationChannelContract({ name, open, skip = {} }: ChannelContract): void {
  describe(`${name} as a notification channel`, () => {
    let rig: ChannelRig;
    beforeEach(async () => {
      rig = await open();
    });
    afterEach(async () => rig.close());
    const send = (attemptId = '42/1/3/0'): Promise<Delivery> =>
      rig.channel.send(aNotice({ attemptId, person: rig.reachable }));

    it('is named as notification rules name it', () => {
      expect(rig.channel.name).toBe(name);
    });

    it('reaches who has an address, and nobody else', () => {
      expect([rig.channel.reaches(rig.reachable), rig.channel.reaches(rig.unreachable)]).toEqual([
        true,
        false,
      ]);
    });

    it('says failed, not sent, for a person without an address', async () => {
      expect(await rig.channel.send(aNotice({ person: rig.unreachable }))).toMatchObject({ kind: 'failed' });
      expect(rig.told()).toEqual([]);
    });

    it('says sent with an id once the provider took it', async () => {
      rig.be({ kind: 'takes_it' });
      expect(await send()).toEqual({ kind: 'sent', messageId: expect.stringMatching(/.+/) });
      if (skip.told_text === undefined) expect(rig.told()[0]?.text).toContain('Payments fail');
    });

    it.skipIf(skip.repeats)(
      `makes a repeat of an attempt recognisable, and another attempt another message${because(skip.repeats)}`,
      async () => {
        rig.be({ kind: 'takes_it' });
        const answers = [await send(), await send(), await send('42/1/3/1')];
        expect(answers.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
        const [first, repeat, other] = rig.told();
        expect(repeat?.id).toBe(first?.id);
        expect(other?.id).not.toBe(first?.id);
      },
    );

    it('says failed, in the words of the provider, when it refuses for good', async () => {
      rig.be({ kind: 'refuses', words: 'no such responder here' });
      expect(await send()).toEqual({
        kind: 'failed',
        reason: expect.stringContaining('no such responder here'),
      });
    });

    it.each([{ kind: 'is_busy' }, { kind: 'is_silent' }, { kind: 'hangs_up' }] as const)(
      'says retry when the provider $kind',
      async (mood) => {
        rig.be(mood);
        expect(await send()).toEqual({
          kind: 'retry',
          afterMs: null,
          reason: expect.stringMatching(/\w{4}/),
        });
      },
    );

    it.skipIf(skip.asks_to_wait)(
      `honours the wait that the provider asks for${because(skip.asks_to_wait)}`,
      async () => {
        rig.be({ kind: 'asks_to_wait', seconds: 7 });
        expect(await send()).toMatchObject({ kind: 'retry', afterMs: 7000 });
      },
    );

    it('says retry when nothing listens', async () => {
      await rig.vanish();
      expect(await send()).toMatchObject({ kind: 'retry' });
    });

    it('gets through after the provider has recovered', async () => {
      rig.be({ kind: 'is_busy' });
      expect(await send()).toMatchObject({ kind: 'retry' });
      rig.be({ kind: 'takes_it' });
      expect(await send()).toMatchObject({ kind: 'sent' });
    });

    it('never waits for another page that hangs', async () => {
      rig.be({ kind: 'is_silent' });
      const hanging = send('42/1/3/0');
      await rig.hangs();
      rig.be({ kind: 'takes_it' });
      const order = await Promise.race([
        hanging.then(() => 'the hanging one'),
        send('42/1/4/0').then(({ kind }) => `the other one, ${kind}`),
      ]);
      expect(order).toBe('the other one, sent');
      expect(await hanging).toMatchObject({ kind: 'retry' });
    });
  });
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (not here: ${reason})`;
}
