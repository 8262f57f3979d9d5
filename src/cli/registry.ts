import { applyVerb } from './apply.ts';
import { calendarVerb } from './calendar.ts';
import { checkVerb } from './check.ts';
import { discordVerb } from './discord.ts';
import { importVerb } from './import.ts';
import { diffVerb } from './diff.ts';
import { contactsVerb } from './contacts.ts';
import { migrateVerb } from './migrate.ts';
import { oncallVerb } from './oncall.ts';
import { parseVerb } from './parse.ts';
import { postmortemVerb } from './postmortem.ts';
import { replayVerb } from './replay.ts';
import { rosterVerb } from './roster.ts';
import { scheduleVerb } from './schedule.ts';
import { shadowVerb } from './shadow.ts';
import { shiftsVerb } from './shifts.ts';
import { slackVerb } from './slack.ts';
import { startVerb } from './start.ts';
import { tokenVerb } from './token.ts';
import { unparsedVerb } from './unparsed.ts';
import { coverageVerb } from './coverage.ts';
import { whopagesVerb } from './whopages.ts';
import type { Verb } from './verb.ts';

/** Every verb of the command line, in the order of its help. */
export const VERBS: readonly Verb[] = [
  startVerb,
  checkVerb,
  diffVerb,
  applyVerb,
  migrateVerb,
  tokenVerb,
  contactsVerb,
  discordVerb,
  calendarVerb,
  oncallVerb,
  shiftsVerb,
  rosterVerb,
  whopagesVerb,
  coverageVerb,
  scheduleVerb,
  replayVerb,
  parseVerb,
  unparsedVerb,
  postmortemVerb,
  slackVerb,
  importVerb,
  shadowVerb,
];
