import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from 'hono';
import type { TwilioConfig } from '../../config/config.ts';
import type { Person } from '../../domain/directory.ts';
import type { RouteGroup } from '../../engine/route-group.ts';
import { greetCall, takeKey } from './call.ts';
import type { CallDeps, TakenCall } from './call.ts';
import { CALLBACKS_AT, readAttempt } from './callback-path.ts';
import type { NamedAttempt } from './callback-path.ts';
import { answerSms } from './inbound.ts';
import type { InboundDeps } from './inbound.ts';
import { readCallReport, readMessageReport } from './reports.ts';
import type { Report } from './reports.ts';
import { isFromTwilio } from './signature.ts';
import { texted } from './twiml.ts';

export interface TwilioRouteDeps extends CallDeps, InboundDeps {
  /** Null while Twilio is not configured: then nobody is answered. */
  readonly config: () => TwilioConfig | null;
  /** Whom an attempt was to reach; null when that is not known any more. */
  readonly personPaged: (attempt: NamedAttempt | null) => Promise<Person | null>;
}

const LARGEST_BODY = 64 * 1024;

/** What Twilio posts, its signature checked. */
interface Posted {
  readonly config: TwilioConfig;
  readonly fields: URLSearchParams;
}

/** What Twilio tells us, at `/twilio`: replies, pressed keys, what became of messages and calls. Whatever Twilio did not sign is refused. */
export function twilioRoutes(deps: TwilioRouteDeps): RouteGroup {
  const routes = new Hono();
  routes.use('*', bodyLimit({ maxSize: LARGEST_BODY }));
  const post = (path: string, answer: (c: Context, posted: Posted) => Promise<Response>): void => {
    routes.post(path, async (c) => {
      const posted = await readPosted(c, deps.config());
      return 'refused' in posted ? c.text(posted.refused, posted.status) : answer(c, posted);
    });
  };
  post('/sms', async (c, { fields }) => {
    const id = fields.get('MessageSid') ?? fields.get('SmsSid') ?? '';
    const sms = { id, from: fields.get('From') ?? '', text: fields.get('Body') ?? '' };
    return xml(c, await texted(await answerSms(sms, deps)));
  });
  post('/sms/:attempt', (c, { fields }) => {
    const read = (attempt: NamedAttempt) => readMessageReport(attempt, fields);
    return record(c, deps, { channel: 'sms', read });
  });
  post('/voice-status/:attempt', (c, { fields }) => {
    const read = (attempt: NamedAttempt) => readCallReport(attempt, fields);
    return record(c, deps, { channel: 'voice', read });
  });
  post('/voice/:attempt', (c, posted) => speak(c, posted, (call) => greetCall(call, deps)));
  post('/voice-keys/:attempt', (c, posted) => speak(c, posted, (call) => takeKey(call, deps)));
  return { at: CALLBACKS_AT, routes };
}

async function readPosted(
  c: Context,
  config: TwilioConfig | null,
): Promise<Posted | { readonly refused: string; readonly status: 403 | 404 }> {
  if (config === null) return { refused: 'Twilio is not configured here.\n', status: 404 };
  const fields = new URLSearchParams(await c.req.text());
  const url = `${config.callbackUrl}${c.req.path}${new URL(c.req.url).search}`;
  const signature = c.req.header('x-twilio-signature') ?? '';
  if (isFromTwilio({ url, fields }, signature, config.authToken)) return { config, fields };
  return { refused: WRONG_SIGNATURE, status: 403 };
}

const WRONG_SIGNATURE =
  'Not signed by Twilio for this address. Check notify.twilio.auth_token, and that url (or notify.twilio.callback_url) is the address that Twilio calls.\n';

interface Reporting {
  readonly channel: 'sms' | 'voice';
  readonly read: (attempt: NamedAttempt) => Report | null;
}

async function record(
  c: Context,
  { door, personPaged, notePhone }: TwilioRouteDeps,
  { channel, read }: Reporting,
): Promise<Response> {
  const attempt = readAttempt(c.req.param('attempt') ?? '');
  const report = attempt && read(attempt);
  if (report) await door.say(report.command);
  const person = report?.phone ? await personPaged(attempt) : null;
  if (person && report?.phone) await notePhone(person, channel, report.phone);
  return c.body(null, 204);
}

async function speak(
  c: Context,
  { config, fields }: Posted,
  answer: (call: TakenCall) => Promise<string>,
): Promise<Response> {
  const attempt = readAttempt(c.req.param('attempt') ?? '');
  if (attempt === null) return c.text('There is no such page.\n', 404);
  return xml(c, await answer({ attempt, fields, config }));
}

function xml(c: Context, twiml: string): Response {
  return c.body(twiml, 200, { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'no-store' });
}
