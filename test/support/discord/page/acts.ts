import type { Seen } from '../people/seen.ts';
import { readCommandLine, valueOf } from './command-line.ts';
import type { Visit } from './visit.ts';

/** How long the page waits for what follows a deferred answer; the rest shows by itself. */
const WAIT_MS = 3_200;

/** What a form of the page sends. */
export type Sent = FormData;

type Act = (visit: Visit, sent: Sent) => Promise<Seen | null> | Seen | null;

/** Everything that can be done on the page, by the last piece of its path. */
export const ACTS: Readonly<Record<string, Act>> = {
  say: async (visit, sent) => {
    const text = word(sent, 'text').trim();
    if (text.startsWith('/')) return command(visit, text);
    if (text !== '') visit.person.says(text, { channel: visit.channel.id });
    return null;
  },
  command: async (visit, sent) => {
    const { typed } = readCommandLine(visit.discord.world, word(sent, 'line'));
    const options = Object.fromEntries(
      typed.options.flatMap((option) => {
        const text = word(sent, `option.${option.name}`);
        return text === '' ? [] : [[option.name, valueOf(visit.discord.world, option, text)]];
      }),
    );
    return visit.person.uses(word(sent, 'line'), { options, channel: visit.channel.id, waitMs: WAIT_MS });
  },
  click: ({ person }, sent) => person.clicks(message(sent), word(sent, 'component'), WAIT_MS),
  select: ({ person }, sent) =>
    person.selects(message(sent), word(sent, 'component'), words(sent, 'values'), WAIT_MS),
  menu: ({ person }, sent) => person.usesOnMessage(word(sent, 'name'), message(sent), WAIT_MS),
  submit: async ({ person, memory }, sent) => {
    const { form } = memory;
    if (form === null) return null;
    const fields = [...new Set(sent.keys())].filter((key) => key.startsWith('field.'));
    const values = Object.fromEntries(
      fields.flatMap((key) => {
        const given = words(sent, key).filter(Boolean);
        return given.length === 0
          ? []
          : [[key.slice('field.'.length), given.length === 1 ? (given[0] ?? '') : given]];
      }),
    );
    const seen = await person.submits(form, values, WAIT_MS);
    memory.form = null;
    return seen;
  },
  cancel: ({ memory }) => {
    memory.form = null;
    return null;
  },
  dismiss: ({ memory }, sent) => {
    memory.dismissed.add(word(sent, 'message'));
    return null;
  },
  react: ({ person, discord, channel }, sent) => {
    const people = discord.world.channels
      .get(channel.id)
      ?.messages.get(word(sent, 'message'))
      ?.reactions.get(word(sent, 'emoji'));
    if (people?.has(person.id)) person.unreacts(message(sent), word(sent, 'emoji'));
    else person.reacts(message(sent), word(sent, 'emoji'));
    return null;
  },
  pin: ({ person, channel }, sent) => {
    const isPinned = channel.messages.get(word(sent, 'message'))?.pinnedAt != null;
    if (isPinned) person.unpins(message(sent));
    else person.pins(message(sent));
    return null;
  },
  edit: ({ person }, sent) => {
    person.edits(message(sent), word(sent, 'text'));
    return null;
  },
  delete: ({ person }, sent) => {
    person.deletes(message(sent));
    return null;
  },
};

function command({ discord, person, channel }: Visit, text: string): Promise<Seen> {
  const { line, options } = readCommandLine(discord.world, text);
  return person.uses(line, { options, channel: channel.id, waitMs: WAIT_MS });
}

function word(sent: Sent, name: string): string {
  const value = sent.get(name);
  return typeof value === 'string' ? value : '';
}

function words(sent: Sent, name: string): readonly string[] {
  return sent.getAll(name).filter((one) => typeof one === 'string');
}

function message(sent: Sent): { readonly id: string } {
  return { id: word(sent, 'message') };
}
