import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { devicesOf, keepDevice, removeDevice, renewDevice } from '../../../store/push-subscriptions.ts';
import type { PushTarget } from '../../../store/push-subscriptions.ts';
import type { ConsoleDeps } from '../deps.ts';
import { devicePage } from './device-page.ts';
import type { Fields } from './door.ts';
import { errorPage } from './error-page.ts';
import type { Routing } from './talk-routes.ts';
import type { Visit } from './visit.ts';

/** More are kept for nobody: whoever has so many has forgotten the old ones. */
const MOST_DEVICES = 20;

const base64url = (bytes: number) =>
  z.string().refine((text) => {
    const decoded = Buffer.from(text, 'base64url');
    return decoded.length === bytes && decoded.toString('base64url') === text.replace(/=+$/, '');
  });

/** What a browser hands out: its address, its public key on P-256 (RFC 8291, section 3.1) and 16 bytes of a secret. */
const Subscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  p256dh: base64url(65).refine((text) => Buffer.from(text, 'base64url')[0] === 4),
  auth: base64url(16),
});

/** Browsers on which people are notified of pages: allow, look, stop. Allowing it on a device proves the device. */
export function deviceRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/devices',
    door.read(async (c, visit) => c.html(await pageFor(deps, visit))),
  );
  routes.post(
    '/devices',
    door.write((c, visit, fields) => allow(c, deps, { visit, fields })),
  );
  routes.post(
    '/devices/:id/remove',
    door.write(async (c, visit) => {
      const id = c.req.param('id') ?? '';
      const isTheirs = visit.personId !== null && /^\d{1,15}$/.test(id);
      if (!isTheirs || !(await removeDevice(deps.db, visit.personId, Number(id))))
        return errorPage(c, 404, 'You have no such device.');
      await deps.devices.changed();
      return c.redirect('/devices', 303);
    }),
  );
  // Said by a service worker, which has no page and so no token of one: it names the old address, which nobody else knows.
  routes.post(
    '/devices/renew',
    door.openPost(async (c, fields) => {
      const target = targetIn(fields, deps);
      if (target === null || !(await renewDevice(deps.db, fields['old'] ?? '', target)))
        return errorPage(c, 404, 'There is no such device.');
      return c.body(null, 204);
    }),
  );
}

async function pageFor(deps: ConsoleDeps, visit: Visit) {
  const kept = visit.personId === null ? [] : await devicesOf(deps.db, visit.personId);
  const devices = kept.map(({ id, label, createdAt, endpoint }) => ({
    id,
    label,
    createdAt,
    mark: markOf(endpoint),
  }));
  return devicePage(deps, visit, { devices, publicKey: await deps.devices.publicKey() });
}

/** By which a browser finds itself in the list, without the address being in the page. */
function markOf(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('hex');
}

async function allow(
  c: Context,
  deps: ConsoleDeps,
  { visit, fields }: { readonly visit: Visit; readonly fields: Fields },
): Promise<Response> {
  const { personId } = visit;
  if (personId === null)
    return errorPage(c, 403, 'Pages go to people who are in the configuration. Ask an admin to add you.');
  const target = targetIn(fields, deps);
  if (target === null)
    return errorPage(
      c,
      400,
      'This browser uses a push service that Firebell does not know. An admin can add it under notify.web_push.services.',
    );
  if ((await devicesOf(deps.db, personId)).length >= MOST_DEVICES)
    return errorPage(c, 400, `You have ${MOST_DEVICES} devices already. Remove one first.`);
  const label = labelOf(c.req.header('user-agent') ?? '');
  await keepDevice(deps.db, { ...target, personId, label }, deps.clock.now());
  await deps.devices.changed();
  return c.body(null, 204);
}

function targetIn(fields: Fields, { devices }: ConsoleDeps): PushTarget | null {
  const read = Subscription.safeParse(fields).data;
  return read && devices.allows(read.endpoint) ? read : null;
}

const BROWSERS = [
  ['Edge', /\bEdg(?:A|iOS)?\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Opera', /\bOPR\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const;
const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Mac', /\bMacintosh\b/],
  ['Windows', /\bWindows\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** `Chrome on Android`, as well as the browser says it. */
function labelOf(agent: string): string {
  const named = (names: readonly (readonly [string, RegExp])[], otherwise: string): string =>
    names.find(([, pattern]) => pattern.test(agent))?.[0] ?? otherwise;
  return `${named(BROWSERS, 'A browser')} on ${named(SYSTEMS, 'an unknown system')}`;
}
