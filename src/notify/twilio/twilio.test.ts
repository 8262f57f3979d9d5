import { describe, expect, it, onTestFinished } from 'vitest';
import { notificationChannelContract } from '../../../test/contract/notification-channel.ts';
import type { ChannelRig, ProviderMood } from '../../../test/contract/notification-channel.ts';
import { aNotice, zoe } from '../../../test/support/page-notice.ts';
import { ACCOUNT } from '../../../test/support/twilio/account.ts';
import { startTwilio } from '../../../test/support/twilio/server.ts';
import type { FakeTwilio, TwilioMood } from '../../../test/support/twilio/server.ts';
import type { TwilioConfig } from '../../config/config.ts';
import type { NotificationChannel } from '../../engine/notification-channel.ts';
import type { VoiceAttempt } from '../../store/voice-attempts.ts';
import { createSms } from './sms.ts';
import type { SmsDeps } from './sms.ts';
import { createVoice } from './voice.ts';
import type { VoiceDeps } from './voice.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const PHONE = '+4915112345678';
const called = zoe({ phone: PHONE });

function configFor({ url }: Pick<FakeTwilio, 'url'>, over: Partial<TwilioConfig> = {}): TwilioConfig {
  return {
    accountSid: ACCOUNT.accountSid,
    authToken: ACCOUNT.authToken,
    user: ACCOUNT.accountSid,
    password: ACCOUNT.authToken,
    from: ACCOUNT.number,
    messagingService: null,
    callbackUrl: 'https://firebell.example.com',
    apiUrl: url,
    ...over,
  };
}

function depsFor(config: TwilioConfig | null): SmsDeps & VoiceDeps {
  return {
    config: () => config,
    clock: { now: () => NOON },
    timeoutMs: 600,
    secret: 'a secret of the house',
    recordOf: () => Promise.resolve({ attempts: [], codeSentAt: null }),
  };
}

function moodOf(mood: ProviderMood): TwilioMood {
  switch (mood.kind) {
    case 'takes_it':
    case 'is_silent':
    case 'hangs_up':
      return mood;
    case 'refuses':
      return { kind: 'says', status: 400, code: 21211, message: mood.words };
    case 'is_busy':
      return { kind: 'says', status: 503, code: 20503, message: 'Service unavailable' };
    case 'asks_to_wait': {
      const headers = { 'retry-after': String(mood.seconds) };
      return { kind: 'says', status: 429, code: 20429, message: 'Too Many Requests', headers };
    }
  }
}

async function rigOf(
  make: (deps: SmsDeps & VoiceDeps) => NotificationChannel,
  told: ChannelRig['told'] extends () => infer T ? (twilio: FakeTwilio) => T : never,
): Promise<ChannelRig> {
  const twilio = await startTwilio();
  return {
    channel: make(depsFor(configFor(twilio))),
    reachable: called,
    unreachable: zoe(),
    be: (mood) => twilio.be(moodOf(mood)),
    told: () => told(twilio),
    hangs: twilio.hangs,
    vanish: twilio.close,
    close: twilio.close,
  };
}

notificationChannelContract({
  name: 'sms',
  open: () =>
    rigOf(createSms, ({ taken }) =>
      taken.map(({ params, body }) => ({ id: `${params.get('StatusCallback')}`, text: body })),
    ),
});

notificationChannelContract({
  name: 'voice',
  open: () =>
    rigOf(createVoice, ({ taken }) => taken.map(({ params }) => ({ id: `${params.get('Url')}`, text: '' }))),
  skip: { told_text: 'what a call says is asked of us when it is taken' },
});

/** Status of the answer, Twilio's number for it, and what that comes to. */
const RETRY_TABLE: readonly (readonly [number, number, 'failed' | 'retry', 'ours' | undefined])[] = [
  [400, 21211, 'failed', undefined],
  [400, 21217, 'failed', undefined],
  [400, 21214, 'failed', undefined],
  [400, 21610, 'failed', undefined],
  [400, 21614, 'failed', undefined],
  [400, 21612, 'failed', undefined],
  [401, 20003, 'failed', 'ours'],
  [403, 20003, 'failed', 'ours'],
  [404, 20404, 'failed', 'ours'],
  [400, 21212, 'failed', 'ours'],
  [400, 21606, 'failed', 'ours'],
  [400, 21408, 'failed', 'ours'],
  [400, 99999, 'failed', 'ours'],
  [400, 21611, 'retry', undefined],
  [408, 0, 'retry', undefined],
  [429, 20429, 'retry', undefined],
  [400, 20429, 'retry', undefined],
  [500, 20500, 'retry', undefined],
  [502, 0, 'retry', undefined],
  [503, 20503, 'retry', undefined],
  [504, 0, 'retry', undefined],
];

describe.each([
  ['sms', createSms],
  ['voice', createVoice],
] as const)('%s through Twilio', (_, make) => {
  async function open(over: Partial<TwilioConfig> = {}) {
    const twilio = await startTwilio();
    onTestFinished(() => twilio.close());
    return { twilio, channel: make(depsFor(configFor(twilio, over))) };
  }

  it.each(RETRY_TABLE)(
    'after %i and error %i it says %s, by the fault of %s',
    async (status, code, kind, fault) => {
      const { twilio, channel } = await open();
      twilio.be({ kind: 'says', status, code, message: 'No, because' });
      const delivery = await channel.send(aNotice({ person: called }));
      expect([delivery.kind, 'fault' in delivery ? delivery.fault : undefined]).toEqual([kind, fault]);
      expect('reason' in delivery && delivery.reason).toContain('No, because');
    },
  );

  it('signs in with an API key where one is configured, and says what is wrong when the account does not fit', async () => {
    const withKey = await open({ user: ACCOUNT.keySid, password: ACCOUNT.keySecret });
    expect(await withKey.channel.send(aNotice({ person: called }))).toMatchObject({ kind: 'sent' });
    const wrong = await open({ password: 'an old token that was rotated' });
    expect(await wrong.channel.send(aNotice({ person: called }))).toEqual({
      kind: 'failed',
      reason: 'Twilio does not accept our account SID, token or API key (Twilio 20003): Authenticate',
      fault: 'ours',
    });
  });

  it('says for good that a number does not exist, and that ours does not', async () => {
    const { channel } = await open();
    expect(await channel.send(aNotice({ person: zoe({ phone: '+0' }) }))).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('not a valid phone number'),
    });
    const other = await open({ from: '+15005550001' });
    expect(await other.channel.send(aNotice({ person: called }))).toMatchObject({
      kind: 'failed',
      fault: 'ours',
    });
  });

  it('reaches nobody while Twilio is not configured', async () => {
    const channel = make(depsFor(null));
    expect(channel.reaches(called)).toBe(false);
    expect(await channel.send(aNotice({ person: called }))).toMatchObject({ kind: 'failed', fault: 'ours' });
  });
});

describe('an SMS', () => {
  async function send(over: Partial<TwilioConfig> = {}) {
    const twilio = await startTwilio();
    onTestFinished(() => twilio.close());
    const channel = createSms(depsFor(configFor(twilio, over)));
    return { twilio, channel, notice: aNotice({ person: called }) };
  }

  it('says what burns and how to answer, and where its fate is to be reported', async () => {
    const { twilio, channel, notice } = await send();
    await channel.send(notice);
    const [message] = twilio.taken;
    expect(message?.params.get('From')).toBe(ACCOUNT.number);
    expect(message?.params.get('StatusCallback')).toBe('https://firebell.example.com/twilio/sms/42.1.3.0');
    expect(message?.body).toMatch(
      /^#42 sev1: Payments fail\. Service checkout\. Since 14:00\. 2 alerts\. Goes on at 14:05\. "Please look at the card gateway\." Reply \d{4} or ack to take it, esc to pass it on, no if you can't\.$/,
    );
  });

  it('goes through a messaging service where one is configured', async () => {
    const { twilio, channel, notice } = await send({ messagingService: ACCOUNT.messagingService });
    expect(await channel.send(notice)).toMatchObject({ kind: 'sent' });
    expect(twilio.taken[0]?.params.has('From')).toBe(false);
  });

  it('whose answer was lost is found again, and no other is taken for it', async () => {
    const { twilio, channel, notice } = await send();
    expect(await channel.sentBefore?.(notice)).toBeNull();
    twilio.be({ kind: 'does_it_silently' });
    expect(await channel.send(notice)).toMatchObject({ kind: 'retry' });
    twilio.be({ kind: 'takes_it' });
    expect(await channel.sentBefore?.(notice)).toEqual({ kind: 'sent', messageId: twilio.taken[0]?.sid });
    expect(await channel.sentBefore?.(aNotice({ person: called, attemptId: '42/1/3/1' }))).toBeNull();
    twilio.be({ kind: 'says', status: 500, code: 20500, message: 'broken' });
    expect(await channel.sentBefore?.(notice)).toBeNull();
  });
});

describe('a call', () => {
  const attempt = (attemptId: string, seconds: number): VoiceAttempt => ({
    attemptId,
    intendedAt: new Date(NOON.getTime() + seconds * 1_000),
    callSid: null,
    failedAt: null,
  });

  /** Two attempts a minute apart, the second of which nobody answered for; another process looks for it. */
  async function lostCall() {
    const clock = { at: NOON };
    const twilio = await startTwilio(undefined, () => clock.at);
    onTestFinished(() => twilio.close());
    const record = { attempts: [] as readonly VoiceAttempt[], codeSentAt: null as Date | null };
    const recordOf = () => Promise.resolve(record);
    const deps = { ...depsFor(configFor(twilio)), clock: { now: () => clock.at }, recordOf };
    const notice = (attemptId: string) => aNotice({ person: called, attemptId });
    const channel = createVoice(deps);
    await channel.send(notice('42/1/1/1'));
    clock.at = new Date(NOON.getTime() + 60_000);
    const first = { ...attempt('42/1/1/1', 0), callSid: twilio.taken[0]?.sid ?? null };
    record.attempts = [first, attempt('42/1/2/1', 60)];
    const look = () => createVoice(deps).sentBefore?.(notice('42/1/2/1'));
    return { twilio, channel, notice, record, first, look };
  }

  it('whose answer was lost is found in the list of calls, and no other is taken for it', async () => {
    const { twilio, channel, notice, look } = await lostCall();
    expect(await look()).toBeNull();
    twilio.be({ kind: 'does_it_silently' });
    expect(await channel.send(notice('42/1/2/1'))).toMatchObject({ kind: 'retry' });
    twilio.be({ kind: 'takes_it' });
    expect(await look()).toEqual({ kind: 'sent', messageId: twilio.taken[1]?.sid });
  });

  it('rings again when two could be the one that was lost, or Twilio does not say', async () => {
    const { twilio, channel, notice, look } = await lostCall();
    await channel.send(notice('42/1/2/1'));
    twilio.be({ kind: 'says', status: 500, code: 20500, message: 'broken' });
    expect(await look()).toBeNull();
    twilio.be({ kind: 'takes_it' });
    await channel.send(notice('42/1/2/1'));
    expect(await look()).toBeNull();
  });

  it('rings again when the call could be one for another page, or for a code', async () => {
    const { channel, notice, record, first, look } = await lostCall();
    await channel.send(notice('42/1/2/1'));
    const known = record.attempts;
    const late = new Date(NOON.getTime() + 65_000);
    for (const other of [attempt('43/1/1/1', 50), { ...attempt('43/1/1/1', 50), failedAt: late }]) {
      record.attempts = [...known, other];
      expect(await look()).toBeNull();
    }
    record.attempts = known;
    record.codeSentAt = late;
    expect(await look()).toBeNull();
    record.codeSentAt = NOON;
    expect(await look()).toMatchObject({ kind: 'sent' });
    record.attempts = [first];
    expect(await look()).toBeNull();
  });
});
