import type { Refusal } from '../../domain/decision.ts';
import type { Declaration, Paging } from '../../domain/incident/commands.ts';
import type { Asking, Sayable } from '../step.ts';
import { confirmDeclared, declareBy } from './declaration.ts';
import { defineCommand } from './define.ts';
import type { NamedTarget } from './params.ts';

/** `/inc escalate @ben can you look at the database` */
export const escalate = defineCommand({
  name: 'escalate',
  synonyms: ['page'],
  summary: 'Go on to the next step now, or page somebody beside it; outside an incident, page by hand',
  where: 'either',
  params: [
    { name: 'target', kind: 'target', description: 'The person, team, schedule or service to page' },
    { name: 'message', kind: 'text', description: 'What they should know' },
  ],
  examples: [
    'escalate',
    'escalate @ben can you look at the database',
    'page team payments checkout fails for everybody',
  ],
  toCommand: ({ target, message }, asking) => {
    if (target === null) return withoutTarget(message, asking);
    return asking.incident === null
      ? pageByHand(target, message, asking)
      : pageBeside(target, message, { ...asking, incidentId: asking.incident.id });
  },
  confirm: (done, _, asking) =>
    done.events.some(({ event }) => event.type === 'incident.declared')
      ? confirmDeclared(done, asking)
      : null,
});

const WAYS = 'Name a person, team, schedule or service: `escalate @ben`, `escalate team payments`.';

function withoutTarget(message: string | null, { incident, actor }: Asking): Sayable | Refusal {
  if (message !== null && message.toLowerCase() !== 'now') {
    return {
      why: `I know no person, team, schedule or service called “${message.slice(0, 60)}”.`,
      hint: WAYS,
    };
  }
  if (incident === null) return { why: 'Outside an incident I need to know whom to page.', hint: WAYS };
  return { type: 'escalation.escalate_now', by: actor, incidentId: incident.id, pageId: null };
}

function pageBeside(
  target: NamedTarget,
  message: string | null,
  { actor, incidentId, directory }: Asking & { readonly incidentId: number },
): Sayable {
  const { id, kind } = target;
  const policy = directory.services.get(id)?.policy ?? directory.settings.defaultPolicy;
  const source = kind === 'service' ? { policy } : { targets: [{ kind, id }] };
  return { type: 'escalation.start', by: actor, incidentId, source, rulesNow: false, message };
}

function pageByHand(target: NamedTarget, message: string | null, asking: Asking): Sayable {
  const { kind, id, name } = target;
  const paging: Paging =
    kind === 'service' ? { kind: 'service' } : { kind: 'targets', targets: [{ kind, id }], rulesNow: false };
  const about: Partial<Declaration> = kind === 'service' ? { service: id } : {};
  return declareBy(asking, { title: message ?? `${name} is needed`, page: paging, ...about });
}
