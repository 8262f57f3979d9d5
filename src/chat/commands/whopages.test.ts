import { describe, expect, it } from 'vitest';
import { ChatWorld, messageOf, saidPrivately } from '../../../test/support/chat-world.ts';
import { BERLIN_10, withNames } from '../../../test/support/named.ts';

function inBerlin(): ChatWorld {
  const world = new ChatWorld(withNames());
  world.now = BERLIN_10;
  return world;
}

describe('whopages', () => {
  it('answers with the whole path, to the asker alone, in the asker’s zone', async () => {
    const world = inBerlin();

    const said = messageOf(await world.type('whopages ledger'));

    expect(said.plain).toContain('Mon 2 Mar at 10:00 (Europe/Berlin, UTC+1) as SEV3, high urgency');
    expect(said.plain).toContain('10:00 Step 1 of 2: Ana Souza. dm 10:00. Waits 5 min.');
    expect(said.plain).toContain('10:10 Last resort: Cleo.');
    expect(world.commands).toEqual([]);
  });

  it.each([
    ['whopages ledger at 18:00 if @ana is away sev1', ['18:00 Step 1 of 2 is passed over', 'SEV1']],
    [
      'whopages books sev1 without ana, ben at tomorrow 3am',
      ['Tue 3 Mar at 03:00', 'Ana Souza and Ben Okafor were away'],
    ],
    ['whopages ledger low', ['low urgency']],
    ['whopages ledger if @ana is on holiday', ['nobody (Ana Souza away)']],
    ['whopages policy default', ['Step 1 of 2: Ana Souza']],
    ['whopages default', ['Step 1 of 2: Ana Souza']],
    ['whopages schedule primary', ['Primary: ']],
    ['whopages team checkout', ['team Checkout: Ben Okafor']],
    ['whopages checkout', ['By the policy default']],
    ['whopages me', ['Step 1, round 1 of 2: Ana Souza']],
    ['dryrun @bli', ['Step 1, round 1 of 2: Ben Li']],
  ])('%s', async (line, words) => {
    const said = saidPrivately(await inBerlin().type(line));
    for (const part of words) expect(said).toContain(part);
  });

  it.each([
    ['whopages', 'A service, a policy, a schedule, a team or a person: that is missing.'],
    [
      'whopages legder',
      'There is no service, policy, schedule, team or person “legder”. Did you mean ledger?',
    ],
    ['whopages policy defualt', 'Did you mean default?'],
    ['whopages nothing at all like it', 'Services are: checkout, ledger.'],
    ['whopages li', '“li” could be Ben Li (@bli) or Dev Li (@dev). Which one?'],
    ['whopages ledger if @zed is away', 'I know nobody called @zed'],
    ['whopages ledger sev1 low', 'SEV1 has high urgency, not low. Of low urgency are: sev4, sev5.'],
    ['whopages ledger tomorrow', 'whopages does not know what to do with “tomorrow”'],
  ])('%s is answered with a way on', async (line, words) => {
    expect(saidPrivately(await inBerlin().type(line))).toContain(words);
  });

  it('completes services, policies and the words that go on', async () => {
    const world = inBerlin();
    expect(await world.completions('whopages led')).toEqual(['whopages ledger ']);
    expect(await world.completions('whopages pol')).toEqual(['whopages policy default ']);
    expect(await world.completions('whopages ledger a')).toContain('whopages ledger at ');
  });
});
