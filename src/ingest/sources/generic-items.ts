import { listOf, objectOf, textOf } from '../fields.ts';

const MOST_COPIED = 4_000_000;

type Item = Readonly<Record<string, unknown>>;

/** Fields whose object is the alert itself, in the envelopes that senders put around it. */
const ENVELOPES = ['alert', 'payload', 'event', 'incident', 'data', 'body'] as const;
/** Fields whose list holds the alerts of a post. */
const LISTS = ['alerts', 'events', 'incidents', 'items'] as const;

/**
 * The alerts of a post one by one: an object, a list of them, an object with a list in it, or a text. What stands around a list or an
 * envelope holds for each alert in it.
 */
export function itemsOf(body: unknown): readonly unknown[] {
  const list = listOf(body);
  if (list) return list.flatMap(itemsOfOne);
  return itemsOfOne(body);
}

function itemsOfOne(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [itemOfText(value)];
  const post = objectOf(value);
  if (!post) return [value];
  for (const name of LISTS) {
    const inner = listOf(post[name]);
    if (!inner || !inner.some((item) => objectOf(item))) continue;
    const around = inheritable(without(post, name), inner.length);
    return inner.map((item) => {
      const one = objectOf(item);
      return one ? unwrap(inherit(one, around)) : item;
    });
  }
  return [unwrap(post)];
}

/** The first line is the title; all of it is the description. */
function itemOfText(text: string): Item {
  const [title = ''] = text.trim().split('\n');
  return { title, description: text.trim() };
}

function unwrap(post: Item): Item {
  const name = ENVELOPES.find((envelope) => objectOf(post[envelope]) !== null);
  const inner = name === undefined ? null : objectOf(post[name]);
  return name === undefined || !inner ? post : { ...without(post, name), ...inner };
}

/** Moira names the rule in `trigger` and its series in the item: together they are the alert. */
function inherit(item: Item, around: Item): Item {
  const trigger = objectOf(around['trigger']);
  if (!trigger) return { ...around, ...item };
  const id = textOf(trigger['id']) ?? textOf(trigger['name']) ?? '';
  const metric = textOf(item['metric']) ?? '';
  const title = [textOf(trigger['name']), metric].filter(Boolean).join(': ');
  return {
    title,
    description: trigger['description'],
    tags: trigger['tags'],
    dedup_key: `${id}|${metric}`,
    ...item,
  };
}

/** What stands around a list is worth copying into each alert of it only while it is small. */
function inheritable(around: Item, times: number): Item {
  return JSON.stringify(around).length * times > MOST_COPIED ? {} : around;
}

function without(post: Item, name: string): Item {
  return Object.fromEntries(Object.entries(post).filter(([field]) => field !== name));
}
