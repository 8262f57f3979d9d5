import { describe, expect, it } from 'vitest';
import { incidentEvents } from '../../src/store/reads.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';

/** Those whom the schedules and the last resort name. */
const WATCH = {
  ben: { name: 'Ben Okafor', email: 'ben@example.com' },
  cleo: { name: 'Cleo Martin', email: 'cleo@example.com' },
};

describe('people at Discord', () => {
  it('declare by a form, update the incident in its room, and are told what is wrong at a field', async () => {
    const { discord, incident, room } = await startDiscordBot();
    const ana = discord.guild.person('ana');

    const opened = await ana.uses('/inc new');
    expect(opened.kind).toBe('form');
    if (opened.form === null) throw new Error('a form was to be open');
    const declared = await ana.submits(opened.form, {
      title: 'Payments fail',
      severity: 'sev2',
      boxes: ['drill'],
    });
    expect(declared.text).toContain('#1');
    expect(await incident(1)).toMatchObject({ title: 'Payments fail', severity: 'sev2', kind: 'drill' });

    const channel = await room(1);
    const form = (await ana.uses('/inc update', { channel })).form;
    if (form === null) throw new Error('the form of an update was to be open');
    const wrong = await ana.submits(form, { text: 'We know why', next: 'soon' });
    expect(wrong.text).toContain('duration');
    const [correct] = wrong.message?.components ?? [];
    expect(JSON.stringify(correct)).toContain('Correct it');
    if (wrong.message === null) throw new Error('an answer was to be there');
    const again = (await ana.clicks(wrong.message, 'Correct it')).form;
    expect(JSON.stringify(again)).toContain('We know why');
    if (again === null) throw new Error('the form was to be open again');
    await ana.submits(again, { text: 'We know why', next: '30m' });
    await until(async () => expect((await incident(1)).lastUpdate?.text).toBe('We know why'));
  });

  it('type options that complete themselves, lines that do, and shortcuts', async () => {
    const { discord, alert, room, incident } = await startDiscordBot();
    const ana = discord.guild.person('ana');
    const id = await alert();
    const channel = await room(id);

    const proposed = await ana.autocompletes('/inc severity', { option: 'severity', typed: 'sev', channel });
    expect(proposed.choices.map(({ value }) => value)).toEqual(['sev1', 'sev2', 'sev3']);
    const incidents = await ana.autocompletes('/inc ack', { option: 'incident', typed: '' });
    expect(incidents.choices.map(({ value }) => value)).toEqual([`#${id}`]);
    const lines = await ana.autocompletes('/inc do', { option: 'text', typed: 'whop' });
    expect(lines.choices[0]).toEqual({ name: 'whopages', value: 'whopages ' });
    const whom = await ana.autocompletes('/inc do', { option: 'text', typed: 'whopages chec' });
    expect(whom.choices[0]).toEqual({ name: 'whopages checkout', value: 'whopages checkout ' });
    const roles = await ana.autocompletes('/inc role', { option: 'role', typed: 'scri' });
    expect(roles.choices).toEqual([{ name: 'scribe', value: 'scribe' }]);

    await ana.uses('/inc severity', {
      channel,
      options: { severity: 'sev3', reason: 'only the drill sev1' },
    });
    expect((await incident(id)).severity).toBe('sev3');
    expect((await ana.uses('/oncall')).text).toContain('Ana');
    expect((await ana.uses('/inc do', { options: { text: 'whoami' } })).text).toContain('Ana Souza');
    const refused = await ana.uses('/inc severity', { channel, options: { severity: 'terrible' } });
    expect(refused.text).toContain('terrible');
    expect(refused.isEphemeral).toBe(true);
    expect(discord.guild.messages({ id: channel }).some(({ content }) => content.includes('terrible'))).toBe(
      false,
    );
    await ana.uses('/ack', { channel });
    expect((await incident(id)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
  });

  it('act only when they are linked, which a code from elsewhere does', async () => {
    const { discord, alert, incident } = await startDiscordBot({ linked: ['ana'] });
    const [ana, ben] = [discord.guild.person('ana'), discord.guild.person('ben')];
    const id = await alert();

    const refused = await ben.uses('/ack', { options: { incident: `#${id}` } });
    expect(refused.text).toContain('is a guest here');
    expect((await incident(id)).acknowledgedBy).toBe(null);

    const told = await ana.uses('/inc link');
    const code = /link ([0-9A-Z-]+)/.exec(told.text)?.[1] ?? '';
    expect(told.isEphemeral).toBe(true);
    const linked = await discord.guild.person('guest').uses('/inc link', { options: { code } });
    // Ana has an account by the configuration: nobody can put another one in its place.
    expect(linked.text).toContain('another account');
    expect((await ben.uses('/inc link', { options: { code } })).text).toContain('not good');
  });

  it('put messages on the timeline, and declare from them', async () => {
    const { discord, alert, room, store } = await startDiscordBot();
    const ben = discord.guild.person('ben');
    const id = await alert();
    const channel = await room(id);

    const said = ben.says('I restarted the workers <@1> **now**', { channel });
    await ben.usesOnMessage('Add to timeline', said);
    const notes = async () =>
      (await incidentEvents(store.db, id)).flatMap(({ event }) =>
        event.type === 'incident.noted' ? [event.text] : [],
      );
    await until(async () => expect(await notes()).toEqual(['ben: I restarted the workers <@1> **now**']));

    const pinned = ben.says('The cache was cold', { channel });
    ben.pins(pinned);
    await until(async () => expect(await notes()).toContain('ben: The cache was cold'));

    const form = (await ben.usesOnMessage('Declare from message', ben.says('Search is down\nsince noon')))
      .form;
    expect(JSON.stringify(form)).toContain('Search is down');
  });
});

it('people find a name among many, however it is written, and no list is longer than Discord takes', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`p${i}`, { name: `Person ${i}`, email: `p${i}@example.com` }]),
  );
  const odd = {
    zoe: { name: `@everyone **Zoë** ${'🦊'.repeat(60)}`, email: 'zoe@example.com' },
    ana: { name: 'Ana Souza', email: 'ana@example.com' },
  };
  const { discord } = await startDiscordBot({ sections: { people: { ...many, ...odd, ...WATCH } } });
  const ana = discord.guild.person('ana');
  const proposed = async (typed: string) =>
    (await ana.autocompletes('/page', { option: 'target', typed })).choices.map(({ name }) => String(name));

  expect(await proposed('')).toHaveLength(25);
  expect((await proposed('person 39'))[0]).toBe('@p39 – Person 39');
  const [zoe = ''] = await proposed('zoe');
  // It is shown as it is: in this list nothing mentions or formats.
  expect(zoe).toMatch(/^@zoe – @everyone \*\*Zoë\*\* 🦊+…$/u);
  expect(zoe.length).toBeLessThanOrEqual(100);
  expect(await proposed('ana suoza')).toEqual(['@ana – Ana Souza']);
  expect(await proposed('nobody of that name')).toEqual([]);
});
