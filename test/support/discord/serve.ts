import { getRequestListener } from '@hono/node-server';

import { startDiscord } from './emulator.ts';
import { pageApp } from './page/app.ts';

/** `npm run discord:emulator`: a Discord to try Firebell on without an account. */
const port = Number(process.env['PORT'] ?? 8096);
/** Those of the example configuration. */
const people = ['ana', 'ben', 'cleo', 'dev', 'sue'];
const discord = await startDiscord({ port, people, page: (made) => getRequestListener(pageApp(made).fetch) });

console.log(`A Discord on this machine: ${discord.url}

Start Firebell against it with this below \`chat:\` in firebell.yaml, in place of the \`home\` there

  home: discord
  discord:
    token: \${DISCORD_TOKEN}
    guild: '${discord.guild.id}'
    application: '${discord.application.id}'
    public_key: ${discord.application.publicKey}
    api_url: ${discord.apiUrl}

and this in its environment

  export DISCORD_TOKEN=${discord.token()}

People of the example configuration, each to be put below the name in \`people\`
${discord.guild
  .people()
  .filter(({ name }) => people.includes(name))
  .map(({ name, id }) => `  ${name.padEnd(5)} handles: { discord: '${id}' }`)
  .join('\n')}

Ctrl-C ends it; nothing is kept.`);

process.once('SIGINT', () => void discord.stop().then(() => process.exit(0)));
process.once('SIGTERM', () => void discord.stop().then(() => process.exit(0)));
