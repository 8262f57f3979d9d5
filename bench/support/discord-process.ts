/** Discord in a process of its own, as many servers as are wanted. */
import { startDiscord } from '../../test/support/discord/emulator.ts';
import type { Discord } from '../../test/support/discord/emulator.ts';
import type { Interaction } from '../../test/support/discord/interactions/interaction.ts';
import { eventually } from './eventually.ts';
import { takeOrders } from './orders.ts';
import { paced } from './paced.ts';
import type { Pace } from './paced.ts';

const opened: Discord[] = [];
const LINE = '/oncall';

interface At {
  readonly at: number;
}

/** What this process does. */
export type DiscordOrders = typeof orders;

const orders = {
  /** A server with these people. */
  open: async ({ people }: { readonly people: readonly string[] }) => {
    const discord = await startDiscord({ people, hasRateLimits: false, isChecked: false });
    opened.push(discord);
    const { apiUrl, application, guild } = discord;
    const ids = Object.fromEntries(people.map((name) => [name, guild.person(name).id]));
    const token = discord.token();
    return { at: opened.length - 1, apiUrl, application: application.id, guild: guild.id, token, ids };
  },
  /** Answers when somebody listens and there are commands to use. */
  isHeard: async ({ at }: At) => {
    await eventually(
      'a bot that listens',
      () => (discordAt(at).gateway.connected() > 0 && discordAt(at).commands().length > 0) || null,
    );
  },
  /** People use a command at this pace; how many ms each waited for the first answer. */
  uses: async ({ at, ...pace }: Pace & At) => paced(pace, () => firstAnswer(at)),
  /** When a direct message with this text was posted, by the clock of the machine; waits for it. */
  posted: async ({ at, text }: At & { readonly text: string }) => {
    const { calls, world } = discordAt(at);
    const isDirect = (path: string): boolean => {
      const id = /^\/channels\/(\d+)\/messages$/.exec(path)?.[1] ?? '';
      return world.channels.get(id)?.guildId === null;
    };
    const call = await eventually(`a page with ${text}`, () =>
      calls.find(
        ({ method, path, body }) =>
          method === 'POST' && isDirect(path) && JSON.stringify(body).includes(text),
      ),
    );
    return call.at.getTime();
  },
  /** Uses commands until one is answered; how many ms that took, and how many of all commands ever were answered twice. */
  isHeardAgain: async ({ at }: At) => {
    const began = performance.now();
    const begun: Interaction[] = [];
    const isAnswered = ({ callback }: Interaction): boolean => callback !== null;
    await eventually(
      'an answer',
      () => {
        begun.push(begin(at));
        return begun.find(isAnswered);
      },
      100,
    );
    return { ms: performance.now() - began, twice: answeredTwice(at) };
  },
};

function discordAt(at: number): Discord {
  const discord = opened[at];
  if (!discord) throw new Error(`there is no server ${at}`);
  return discord;
}

/** Begins one, and does not wait for what comes of it. */
function begin(at: number): Interaction {
  const { guild, world } = discordAt(at);
  void guild.person('p1').uses(LINE);
  const interaction = [...world.interactions.values()].at(-1);
  if (!interaction) throw new Error('expected an interaction to have begun');
  return interaction;
}

async function firstAnswer(at: number): Promise<number> {
  const began = performance.now();
  const interaction = begin(at);
  const { promise, resolve } = Promise.withResolvers<number>();
  const look = (): void => {
    if (interaction.callback !== null) resolve(performance.now() - began);
  };
  interaction.watchers.add(look);
  const late = setTimeout(() => resolve(Number.POSITIVE_INFINITY), 3_000);
  look();
  const ms = await promise;
  clearTimeout(late);
  interaction.watchers.delete(look);
  return ms;
}

function answeredTwice(at: number): number {
  const counts = new Map<string, number>();
  for (const { path, status } of discordAt(at).calls) {
    const id = /^\/interactions\/(\d+)\/[^/]+\/callback/.exec(path)?.[1];
    if (id !== undefined && status !== null && status < 300) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count > 1).length;
}

takeOrders(orders);
