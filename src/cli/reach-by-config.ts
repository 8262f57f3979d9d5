import type { Config } from '../config/config.ts';
import type { Person } from '../domain/directory.ts';
import type { Reach } from '../domain/forecast/play.ts';

/** What the configuration alone says about who can be reached how; what only a running bot knows, such as a closed inbox, is not in it. */
export function reachByConfig(config: Config): Reach {
  return (person, channel) => {
    const why = whyNot(person, channel, config);
    return why === null ? null : `${person.name} ${why}`;
  };
}

function whyNot({ email, handles }: Person, channel: string, { chat, notify }: Config): string | null {
  const { home } = chat;
  switch (channel) {
    case 'dm':
      // The console knows people by their id, and Slack finds them by their mail; everywhere else they need a handle.
      return home === 'console' || handles[home] !== undefined || (home === 'slack' && email !== null)
        ? null
        : `has no handle for ${home}`;
    case 'email':
      if (email === null) return 'has no e-mail address';
      return notify.email === null ? 'cannot get mail: no mail server is configured' : null;
    case 'webhook':
      return handles['webhook'] === undefined ? 'has no webhook under handles' : null;
    default:
      return null;
  }
}
