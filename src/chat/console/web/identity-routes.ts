import type { Context, Hono } from 'hono';
import { createPace } from './pace.ts';
import type { Fields } from './door.ts';
import { errorPage } from './error-page.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { bare } from './layout.ts';
import type { Routing } from './talk-routes.ts';
import type { Who } from './visit.ts';
import { beginSession, endSession } from './visit.ts';

/** Who somebody is: by choice in the sandbox, by a personal token everywhere else. */
export function identityRoutes(routes: Hono, routing: Routing): void {
  const { deps, door } = routing;
  const pace = createPace(deps.clock);
  routes.get(
    '/sign-in',
    door.open((c) => (deps.sandbox ? c.redirect('/', 303) : c.html(signInPage(null)))),
  );
  routes.post(
    '/sign-in',
    door.openPost(async (c, fields) => {
      if (!pace.allows('everybody'))
        return errorPage(c, 429, 'Too many people are signing in at once. Try again in a few seconds.');
      const personId = await deps.signIn((fields['token'] ?? '').trim());
      const visit = personId === null ? null : beginSession(c, deps, { kind: 'person', id: personId });
      return visit
        ? c.redirect('/', 303)
        : c.html(signInPage('That token is not known. Ask an admin for a new one.'), 403);
    }),
  );
  routes.post(
    '/sign-out',
    door.write(async (c) => {
      endSession(c, deps);
      return c.redirect(deps.sandbox ? '/' : '/sign-in', 303);
    }),
  );
  routes.post(
    '/identity',
    door.write((c, _visit, fields) => switchIdentity(c, routing, fields)),
  );
}

async function switchIdentity(c: Context, { deps }: Routing, fields: Fields): Promise<Response> {
  if (!deps.sandbox) return errorPage(c, 403, 'Only a sandbox lets people be anyone. Sign in as yourself.');
  if (!beginSession(c, deps, whoOf(fields['who'] ?? '')))
    return errorPage(c, 400, 'There is no such person in the configuration.');
  return c.redirect(localPath(fields['next'] ?? ''), 303);
}

function whoOf(field: string): Who {
  return field.startsWith('person ')
    ? { kind: 'person', id: field.slice('person '.length) }
    : { kind: 'guest' };
}

/** A path of ours; anything that could lead elsewhere is the overview. */
function localPath(path: string): string {
  return /^\/[\w/-]*$/.test(path) && !path.startsWith('//') ? path : '/';
}

function signInPage(problem: string | null): Html {
  return bare(
    'Sign in',
    html`<h1>Sign in</h1>
      <form method="post" action="/sign-in" id="sign-in" class="stack">
        <div class="field${problem === null ? '' : ' wrong'}">
          <label for="token">Your personal token</label>
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="current-password"
            required
            aria-describedby="token-hint"
          />
          <p class="hint" id="token-hint">
            An admin makes one with <code>firebell token create --person &lt;you&gt;</code>.
          </p>
          ${problem === null ? NOTHING : html`<p class="error" role="alert">${problem}</p>`}
        </div>
        <button class="button primary big">Sign in</button>
      </form>`,
  );
}
