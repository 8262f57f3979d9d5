import { onTestFinished } from 'vitest';
import type { ChatReads } from '../../src/chat/reads.ts';
import { createSlackApi } from '../../src/chat/slack/api.ts';
import { createGroups } from '../../src/chat/slack/groups.ts';
import { createIdentity } from '../../src/chat/slack/identity.ts';
import { createMembers } from '../../src/chat/slack/members.ts';
import type { LedgerParts } from '../../src/chat/slack/ledger/parts.ts';
import { createProfiles } from '../../src/chat/slack/profiles.ts';
import { createSlackPeople } from '../../src/chat/slack/people.ts';
import type { SlackConfig } from '../../src/config/config.ts';
import type { Directory } from '../../src/domain/directory.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { readFunctions } from '../../src/store/read-functions.ts';
import { freshStore } from './database.ts';
import { aDirectory } from './directory.ts';
import { startSlack } from './slack/emulator.ts';
import type { Slack, SlackOptions } from './slack/emulator.ts';

/** The parts of Slack's adapter over a Slack and a database of their own. */
export interface SlackPartsWorld {
  readonly parts: LedgerParts;
  readonly slack: Slack;
  readonly facts: { incidents: readonly Incident[]; directory: Directory };
}

const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'zoe'].map((name) => ({
  name,
  email: `${name}@example.com`,
}));

/** Everybody of `aDirectory` has an account by their mail address. Ends with the test. */
export async function slackParts(options: Pick<SlackOptions, 'clock'> = {}): Promise<SlackPartsWorld> {
  const slack = await startSlack({ people: PEOPLE, ...options });
  const store = await freshStore('pglite');
  const facts = { incidents: [] as readonly Incident[], directory: withMail(aDirectory()) };
  const api = createSlackApi(configOf(slack), {
    logger: createLogger({ level: 'silent' }),
    clock: { now: () => new Date() },
  });
  const reads: ChatReads = {
    ...readFunctions(store.db),
    listIncidents: () => Promise.resolve(facts.incidents),
    pagesOf: () => Promise.resolve([]),
  };
  const unused = (): never => {
    throw new Error('expected nobody to say a command here');
  };
  onTestFinished(() => slack.stop());
  const directory = (): Directory => facts.directory;
  const people = createSlackPeople(api, directory);
  return {
    slack,
    facts,
    parts: {
      api,
      identity: createIdentity(api),
      people,
      members: createMembers(api, people),
      groups: createGroups(api),
      profiles: createProfiles(api, { now: () => new Date() }),
      deps: {
        db: store.db,
        clock: { now: () => new Date() },
        logger: createLogger({ level: 'silent' }),
        directory,
        front: unused,
        door: { say: unused },
        reads,
        publicUrl: () => 'https://firebell.example.com',
        fileLimits: () => ({ each: 10_000, room: 20_000 }),
        processId: 'test',
        notesFolder: null,
      },
    },
  };
}

function configOf(slack: Slack): SlackConfig {
  return {
    botToken: slack.tokens.bot,
    appToken: slack.tokens.app,
    signingSecret: slack.tokens.signingSecret,
    mode: 'socket',
    sockets: 2,
    commands: ['/inc'],
    userGroups: new Map(),
    archiveAfterMs: null,
    silenceAlarmMs: null,
    apiUrl: slack.apiUrl,
  };
}

function withMail(directory: Directory): Directory {
  const people = [...directory.people].map(
    ([id, person]) => [id, { ...person, email: `${id}@example.com` }] as const,
  );
  return { ...directory, people: new Map(people) };
}
