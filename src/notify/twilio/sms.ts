import type { TwilioConfig } from '../../config/config.ts';
import type { Delivery, NotificationChannel } from '../../engine/notification-channel.ts';
import type { PageNotice } from '../../domain/page/notice.ts';
import { codeWords } from '../code-words.ts';
import { makeAtTwilio, sentTo } from './api.ts';
import type { TwilioDeps } from './api.ts';
import { callbackUrl } from './callback-path.ts';
import { replyCode } from './reply-code.ts';
import { smsText } from './sms-text.ts';

export interface SmsDeps extends TwilioDeps {
  /** Of the installation: reply codes are drawn with it. */
  readonly secret: string;
}

/** The notification channel `sms`. A message counts as sent when Twilio took it over; what became of it comes back by callback. */
export function createSms(deps: SmsDeps): NotificationChannel {
  const textOf = (notice: PageNotice): string => smsText(notice, replyCode(notice.attemptId, deps.secret));
  return {
    name: 'sms',
    reaches: ({ phone }) => phone !== null && deps.config() !== null,
    send: async (notice) => {
      const config = deps.config();
      const { phone } = notice.person;
      if (config === null) return NOWHERE;
      if (phone === null) return { kind: 'failed', reason: 'This person has no telephone number.' };
      return makeAtTwilio(messageOf(config, { phone, notice, text: textOf(notice) }), config, deps);
    },
    reportsDelivery: true,
    sendCode: async ({ phone }, code) => {
      const config = deps.config();
      if (config === null || phone === null) return NOWHERE;
      const params = [['To', phone], senderOf(config), ['Body', codeWords(code)]] as const;
      return makeAtTwilio({ resource: 'Messages', params }, config, deps);
    },
    sentBefore: (notice) => findSent(notice, textOf(notice), deps),
  };
}

const NOWHERE: Delivery = { kind: 'failed', reason: 'Twilio is not configured.', fault: 'ours' };

function senderOf({ from, messagingService }: TwilioConfig): readonly [string, string] {
  return messagingService === null ? ['From', from ?? ''] : ['MessagingServiceSid', messagingService];
}

interface Message {
  readonly phone: string;
  readonly notice: PageNotice;
  readonly text: string;
}

function messageOf(config: TwilioConfig, { phone, notice, text }: Message) {
  const callback = callbackUrl(config, 'sms', notice.attemptId);
  const params = [['To', phone], senderOf(config), ['Body', text], ['StatusCallback', callback]] as const;
  return { resource: 'Messages' as const, params };
}

/** The code in the text is the attempt's own, so no other message has this text. */
async function findSent(notice: PageNotice, text: string, deps: SmsDeps): Promise<Delivery | null> {
  const config = deps.config();
  const { phone } = notice.person;
  if (config === null || phone === null) return null;
  const code = replyCode(notice.attemptId, deps.secret);
  const marks = [`#${notice.incidentId} `, `Reply ${code} `];
  const sent = await sentTo(phone, config, deps);
  const found = sent.find(({ body }) => body === text || marks.every((mark) => body?.includes(mark)));
  return found ? { kind: 'sent', messageId: found.sid } : null;
}
