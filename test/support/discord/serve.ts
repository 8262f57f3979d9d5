import { getRequestListener } from '@hono/node-server';

import { startDiscord } from './emulator.ts';
import { pageApp } from './page/app.ts';

/** `npm run discord:emulator`: a Discord to try Firebell on without an account. */
const port = Number(process.env['PORT'] ?? 8096);
const discord = await startDiscord({ port, page: (made) => getRequestListener(pageApp(made).fetch) });

console.log(`A Discord on this machine: ${discord.url}

Start Firebell against it with this in firebell.yaml

  chat:
    home: discord
    discord:
      token: \${DISCORD_TOKEN}
      guild: '${discord.guild.id}'
      application: '${discord.application.id}'
      public_key: ${discord.application.publicKey}
      api_url: ${discord.apiUrl}

and this in its environment

  export DISCORD_TOKEN=${discord.token()}

People for the handles in the directory:
${discord.guild
  .people()
  .map(({ name, id }) => `  ${name.padEnd(8)} '${id}'`)
  .join('\n')}

Ctrl-C ends it; nothing is kept.`);

process.once('SIGINT', () => void discord.stop().then(() => process.exit(0)));
process.once('SIGTERM', () => void discord.stop().then(() => process.exit(0)));
