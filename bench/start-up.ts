import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Bench } from './bench.ts';
import { startBot } from './support/bot.ts';
import { writeCompany } from './support/company.ts';
import { median } from './support/figures.ts';
import { ask } from './support/http.ts';
import { paged } from './support/paged.ts';
import type { Places } from './support/place.ts';

const ROUNDS = 3;
const AT_MOST_S = { first: 10, later: 3 };

/** From typing `npm start` to the first page of an alert that is posted as soon as the bot says where it is. */
export const startUp: Bench = {
  name: 'start',
  about: '`npm start` -> first page, on the embedded database',
  run: async (places) => {
    const first: number[] = [];
    const later: number[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      const folder = places.folder();
      first.push(await startToPage(folder));
      later.push(await startToPage(folder));
    }
    return [
      {
        what: 'PGlite: npm start -> first page, very first start',
        value: median(first),
        unit: 's',
        bound: { atMost: AT_MOST_S.first },
      },
      {
        what: 'PGlite: npm start -> first page, later starts',
        value: median(later),
        unit: 's',
        bound: { atMost: AT_MOST_S.later },
      },
    ];
  },
};

const Admin = z.object({ key: z.string() });
const Created = z.object({ token: z.string() });

async function startToPage(folder: ReturnType<Places['folder']>): Promise<number> {
  const data = join(folder, 'data');
  const env = { CONFIG: writeCompany(folder), DATA_DIR: data };
  const began = performance.now();
  const bot = await startBot({ env, folder, command: ['npm', 'start', '--silent'] });
  try {
    // What `firebell token create` does beside a running bot.
    const { key } = Admin.parse(JSON.parse(readFileSync(join(data, 'admin.json'), 'utf8')));
    const { text } = await ask({
      url: `${bot.url}/admin/tokens`,
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ kind: 'source', subject: 'generic' }),
    });
    const pager = await paged({ url: bot.url, token: Created.parse(JSON.parse(text)).token });
    const seconds = (performance.now() - began) / 1000;
    pager.close();
    return seconds;
  } finally {
    await bot.end();
  }
}
