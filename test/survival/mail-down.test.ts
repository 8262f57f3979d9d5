import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LedgerEntry } from '../../src/domain/page/page.ts';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder } from '../support/database.ts';
import type { MailMood } from '../support/mail-server.ts';
import { startMailServer } from '../support/mail-server.ts';
import { CONFIG, tokenFor } from '../support/survival/company.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { liveBot } from '../support/survival/living-bot.ts';
import { readRemains } from '../support/survival/remains.ts';
import { settled } from '../support/survival/rest.ts';

/** Ten minutes, after which a page is no longer tried, pass in eight seconds. */
const FACTOR = 80;

const MOODS: readonly (readonly [what: string, mood: MailMood | 'dead'])[] = [
  ['refuses for now', { kind: 'says', at: 'rcpt', code: 451, words: '4.3.0 come back later' }],
  ['hangs up', { kind: 'hangs_up', at: 'data' }],
  ['is silent', { kind: 'is_silent', at: 'mail' }],
  ['is dead', 'dead'],
];

describe.for(MOODS)('a mail server that %s', ([, mood]) => {
  it(
    'holds no direct message up, and the mail is given up on the ledger after its time',
    { timeout: 120_000 },
    async () => {
      const mail = await startMailServer();
      onTestFinished(() => mail.close());
      if (mood === 'dead') await mail.close();
      else mail.be(mood);
      const dataDir = await freshFolder();
      const config = join(dataDir, 'firebell.yaml');
      writeFileSync(config, withMail(mail.port));
      const clock = startClock(new Date('2026-08-03T12:00:00Z'), FACTOR);
      const token = await tokenFor({ dataDir }, 'generic', clock);
      const bot = await liveBot(clock, { DATA_DIR: dataDir, CONFIG: config }, token);

      const sent = clock.now();
      expect((await bot.post({ title: 'Checkout fails', dedup_key: 'k', service: 'checkout' })).status).toBe(
        200,
      );
      // Longer than anything may be overdue: that mail waits is no reason to send people elsewhere.
      await pass(2_000);
      expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
      await settled(() => bot.url);
      expect(await bot.stop()).toBe(0);

      const store = await openStore({ dataDir });
      const { pages, messages } = await readRemains(store);
      await store.close();
      const [first] = pages;
      const [dm, byMail] = first?.state.attempts ?? [];
      const message = messages.find(({ key }) => key === dm?.id);
      expect(dm?.outcome.state).toBe('sent');
      expect(((message?.at.getTime() ?? Infinity) - sent.getTime()) / FACTOR).toBeLessThan(3_000);
      expect(givenUp(byMail)).toMatch(/tried \d+ times/);
    },
  );
});

function givenUp(attempt: LedgerEntry | undefined): string {
  const outcome = attempt?.outcome;
  if (outcome?.state === 'failed') return outcome.reason;
  return outcome?.state ?? 'never intended';
}

/** The same company with mail: everybody is paged both ways, and has an hour to answer. */
function withMail(port: number): string {
  const people = readFileSync(CONFIG, 'utf8')
    .replaceAll(/^ {2}(\w+):\s*\{\s*zone:/gm, '  $1: { email: $1@example.com, zone:')
    .replaceAll(/rules: \{.*?\] \}/g, 'rules: { high: [dm, email], low: [dm, email] }')
    .replaceAll('ack_within: 1m', 'ack_within: 1h');
  return `${people}\nnotify:\n  email: { host: 127.0.0.1, port: ${port}, from: bell@example.com }\n`;
}
