import type { CheckContext } from './check-context.ts';
import { checkChat } from './check-chat.ts';
import { checkNotify } from './check-notify.ts';
import { checkPeople } from './check-people.ts';
import { checkPolicies } from './check-policies.ts';
import { checkPush } from './check-push.ts';
import { checkReach } from './check-reach.ts';
import { checkRoutes } from './check-routes.ts';
import { checkRules } from './check-rules.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkServices } from './check-services.ts';
import { checkSources } from './check-sources.ts';
import type { Finding } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** What is wrong between the parts of a file. Entries with mistakes of their own are absent and are not looked at. */
export function checkFile(file: Partial<ConfigFile>, context: CheckContext): readonly Finding[] {
  return [
    ...checkPeople(file),
    ...checkRules(file, context),
    ...checkPush(file),
    ...checkServices(file),
    ...checkSchedules(file),
    ...checkPolicies(file, context),
    ...checkReach(file, context),
    ...checkRoutes(file, context),
    ...checkSources(file, context),
    ...checkNotify(file, context),
    ...checkChat(file, context),
  ];
}
