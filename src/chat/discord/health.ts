import type { GatewayKeeper, GatewayState } from './gateway/keeper.ts';
import type { DiscordParts } from './parts.ts';
import type { Registration } from './register.ts';

/** What says how Discord stands. */
export interface Standing {
  readonly parts: DiscordParts;
  readonly keeper: GatewayKeeper;
  readonly registration: Registration;
}

/** What people read in `/readyz`: whether Firebell can speak there, whether it hears, and what to do where not. */
export function healthOf({ parts, keeper, registration }: Standing) {
  return async (): Promise<{ readonly ok: boolean; readonly detail: string }> => {
    if (!parts.apis.signedIn())
      return { ok: false, detail: 'the token is not accepted: put a new one into chat.discord.token' };
    const commands = registration.trouble();
    const { ok, detail } = parts.settings.mode === 'http' ? HEARD_BY_HTTP : hearing(keeper.state());
    return {
      ok: ok && commands === null,
      detail: commands === null ? detail : `${detail}; the commands are not registered: ${commands}`,
    };
  };
}

const HEARD_BY_HTTP = { ok: true, detail: 'buttons and commands come over HTTP; messages are not heard' };

function hearing(state: GatewayState): { readonly ok: boolean; readonly detail: string } {
  switch (state.kind) {
    case 'off':
      return { ok: false, detail: 'not started yet' };
    case 'elsewhere':
      return { ok: true, detail: 'another process hears' };
    case 'connecting':
      return { ok: false, detail: state.why === null ? 'connecting' : `connecting: ${state.why}` };
    case 'connected':
      return state.readsMessages
        ? { ok: true, detail: 'connected' }
        : { ok: false, detail: 'connected, but messages cannot be read: switch on Message Content Intent' };
    case 'refused':
      return { ok: false, detail: state.why };
  }
}
