import { WEB_PUSH } from '../domain/contact/devices.ts';
import { caution, fault, quote, type Finding, type Path } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** Addresses of push services that cannot be right, and topics that anybody could guess. */
export function checkPush({ people, notify }: Partial<ConfigFile>): readonly Finding[] {
  return Object.entries(people ?? {}).flatMap(([id, { handles }]) => {
    const { ntfy: topic, pushover: key } = handles;
    return [
      ...(handles[WEB_PUSH] === undefined ? [] : [notHere(['people', id, 'handles', WEB_PUSH])]),
      ...(topic === undefined
        ? []
        : checkTopic(['people', id, 'handles', 'ntfy'], { topic, ntfy: notify?.ntfy })),
      ...(key === undefined ? [] : checkKey(['people', id, 'handles', 'pushover'], key)),
    ];
  });
}

function notHere(path: Path): Finding {
  return fault(path, 'is not set here: people allow it on each of their devices, under Your devices.');
}

function checkKey(path: Path, key: string): readonly Finding[] {
  if (/^[A-Za-z0-9]{30}$/.test(key)) return [];
  return [
    fault(
      path,
      `must be a user key of Pushover, not ${quote(key)}: 30 letters and digits, shown at pushover.net after signing in.`,
    ),
  ];
}

/** As ntfy itself names topics. */
const TOPIC = /^[-_A-Za-z0-9]{1,64}$/;
/** On a server that is open to everybody, the name of a topic is its password. */
const GUESSABLE = 12;

interface Topic {
  readonly topic: string;
  readonly ntfy: { readonly url: string; readonly token?: string | undefined } | undefined;
}

function checkTopic(path: Path, { topic, ntfy }: Topic): readonly Finding[] {
  if (!TOPIC.test(topic)) {
    return [
      fault(
        path,
        `must be the name of a topic, not ${quote(topic)}: 1 to 64 letters, digits, - and _. The server is set in notify.ntfy.url.`,
      ),
    ];
  }
  if (ntfy !== undefined && ntfy.token === undefined && topic.length < GUESSABLE) {
    return [
      caution(
        path,
        `is easy to guess, and without notify.ntfy.token anybody who does can read the pages and answer them. Use a long random name.`,
      ),
    ];
  }
  return [];
}
