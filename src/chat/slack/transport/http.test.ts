import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../lib/logger.ts';
import { hmacHex } from '../../../lib/signing.ts';
import { slackRoutes } from './http.ts';
import type { Inbound } from './inbound.ts';

const NOW = new Date('2026-03-02T03:00:00Z');
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

function door(hear: (inbound: Inbound) => Promise<void> = ({ ack }) => ack()) {
  const heard: Inbound[] = [];
  const { routes } = slackRoutes({
    signingSecret: () => SECRET,
    hear: (inbound) => {
      heard.push(inbound);
      return hear(inbound);
    },
    clock: { now: () => NOW },
    logger: createLogger({ level: 'silent' }),
  });
  return { routes, heard };
}

interface Sending {
  readonly body: string;
  readonly type?: string;
  readonly secondsOff?: number;
  readonly secret?: string;
}

function signed({ body, type = 'application/json', secondsOff = 0, secret = SECRET }: Sending): RequestInit {
  const at = String(NOW.getTime() / 1_000 + secondsOff);
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${hmacHex(secret, `v0:${at}:${body}`)}`,
    },
  };
}

describe('what Slack sends over HTTP', () => {
  it('is taken when Slack signed it just now', async () => {
    const { routes, heard } = door();
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'message' } });
    const response = await routes.request('/events', signed({ body }));
    expect(response.status).toBe(200);
    expect(heard.map((one) => one.body['event_id'])).toEqual(['Ev1']);
  });

  it('is refused unsigned, signed with another secret, long ago, or for later', async () => {
    const { routes, heard } = door();
    const body = '{"type":"event_callback"}';
    const statuses = [
      await routes.request('/events', { method: 'POST', body }),
      await routes.request('/events', signed({ body, secret: 'another secret' })),
      await routes.request('/events', signed({ body, secondsOff: -301 })),
      await routes.request('/events', signed({ body, secondsOff: 301 })),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401]);
    expect(heard).toEqual([]);
  });

  it('is read as a command and as a pressed button, whose answer is the acknowledgement', async () => {
    const { routes, heard } = door(({ ack }) => ack('got it'));
    const form = 'application/x-www-form-urlencoded';
    const typed = await routes.request('/events', signed({ body: 'command=%2Finc&text=list', type: form }));
    expect(await typed.json()).toEqual({ text: 'got it' });
    const payload = encodeURIComponent(JSON.stringify({ type: 'block_actions', actions: [] }));
    await routes.request('/events', signed({ body: `payload=${payload}`, type: form }));
    expect(heard.map(({ body }) => body['command'] ?? body['type'])).toEqual(['/inc', 'block_actions']);
  });

  it('says again what proves the address, and lets nothing else in that cannot be read', async () => {
    const { routes } = door();
    const proof = await routes.request(
      '/events',
      signed({ body: '{"type":"url_verification","challenge":"abc"}' }),
    );
    expect(await proof.json()).toEqual({ challenge: 'abc' });
    const broken = await routes.request('/events', signed({ body: '{"type":' }));
    expect(broken.status).toBe(400);
  });

  it('is sent again by Slack when we could not keep it', async () => {
    const { routes } = door(() => Promise.reject(new Error('the database is away')));
    const response = await routes.request('/events', signed({ body: '{"type":"event_callback"}' }));
    expect(response.status).toBe(500);
  });
});
