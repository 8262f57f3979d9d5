import type { HomeDeps } from '../home.ts';
import type { SlackApi } from './api.ts';
import type { SlackGroups } from './groups.ts';
import type { Identity } from './identity.ts';
import type { Members } from './members.ts';
import type { SlackPeople } from './people.ts';

/** The name under which Slack is a chat platform. */
export const SLACK = 'slack';

/** What the parts of the port work with. */
export interface SlackParts {
  readonly deps: HomeDeps;
  readonly api: SlackApi;
  readonly identity: Identity;
  readonly people: SlackPeople;
  readonly members: Members;
  readonly groups: SlackGroups;
}
