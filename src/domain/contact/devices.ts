import type { Directory, NotificationRule, Person, Urgency } from '../directory.ts';

/** The channel that reaches browsers, and the handle that people have who allowed it on at least one. */
export const WEB_PUSH = 'web_push';
/** As every other channel of the usual rules. */
const USUAL_WAIT_MS = 2 * 60_000;

/** Lays over a directory what people's browsers allow: whoever has a device can be reached there, by the usual rules too. */
export function withDevices(directory: Directory, devices: ReadonlyMap<string, number>): Directory {
  const reached = [...directory.people].filter(([id]) => (devices.get(id) ?? 0) > 0);
  if (reached.length === 0) return directory;
  const changed = reached.map(([id, person]) => [id, withDevice(person, devices.get(id) ?? 0)] as const);
  return { ...directory, people: new Map([...directory.people, ...changed]) };
}

function withDevice(person: Person, count: number): Person {
  const rulesFor = (urgency: Urgency): readonly NotificationRule[] => {
    const rules = person.rules[urgency];
    const isUsual = person.usualRules?.includes(urgency) ?? false;
    return isUsual ? [...rules, { channel: WEB_PUSH, afterMs: USUAL_WAIT_MS }] : rules;
  };
  return {
    ...person,
    handles: { ...person.handles, [WEB_PUSH]: count === 1 ? '1 device' : `${count} devices` },
    rules: { high: rulesFor('high'), low: rulesFor('low') },
  };
}
