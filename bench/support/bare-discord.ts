/** A bot of Discord's usual library that defers each command and does nothing else: what is measured beside Firebell. */
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { takeOrders } from './orders.ts';

/** What this process does. */
export type BareDiscordOrders = typeof orders;

const orders = {
  start: async (discord: { readonly token: string; readonly apiUrl: string; readonly guild: string }) => {
    const { token, apiUrl, guild } = discord;
    const client = new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
      rest: { api: apiUrl },
    });
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.deferReply();
    });
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(token);
    await (await ready).application.commands.set([{ name: 'oncall', description: 'Who is on call' }], guild);
  },
};

takeOrders(orders);
