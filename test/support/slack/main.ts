/** `npm run slack:emulator`: a Slack to try the bot in by hand, with a page for its people. PORT chooses the port. */
import { startSlack } from './emulator.ts';
import { servePage } from './page/page.ts';

const slack = await startSlack({
  port: Number(process.env['PORT'] ?? 8095),
  // The people of examples/firebell.yaml, found by their addresses.
  people: [
    { name: 'ana', realName: 'Ana Silva', tz: 'Europe/Lisbon', isAdmin: true },
    { name: 'ben', realName: 'Ben Okafor', tz: 'Europe/London' },
    { name: 'cleo', realName: 'Cleo Martin', tz: 'Europe/Paris' },
    { name: 'dev', realName: 'Dev Patel', tz: 'Asia/Kolkata' },
    { name: 'gil', realName: 'Gil (guest)', guest: 'guest' },
  ],
  page: servePage,
});

console.log(`A Slack to try things in: ${slack.url}

1. In a copy of examples/firebell.yaml, put this in place of the section chat:

chat:
  slack:
    bot_token: \${SLACK_BOT_TOKEN}
    app_token: \${SLACK_APP_TOKEN}
    signing_secret: \${SLACK_SIGNING_SECRET}
    api_url: \${SLACK_API_URL}

2. Start the bot in another terminal with these:

export SLACK_BOT_TOKEN='${slack.tokens.bot}'
export SLACK_APP_TOKEN='${slack.tokens.app}'
export SLACK_SIGNING_SECRET='${slack.tokens.signingSecret}'
export SLACK_API_URL='${slack.apiUrl}'
CONFIG=firebell.yaml npm start

3. Open ${slack.url} and type /inc help.

Nothing is kept when this ends (Ctrl+C).`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void slack.stop().then(() => process.exit(0)));
