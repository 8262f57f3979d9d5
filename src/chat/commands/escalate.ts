import type { Refusal } from '../../domain/decision.ts';
import type { Declaration, Paging } from '../../domain/incident/commands.ts';
import type { Asking, Sayable } from '../step.ts';
import { confirmDeclared, declareBy } from './declaration.ts';
import { defineCommand } from './define.ts';
import type { NamedPolicy, NamedTarget } from './params.ts';

/** `/inc escalate @ben can you look at the database` */
export const escalate = defineCommand({
  name: 'escalate',
  synonyms: ['page'],
  summary: 'Go on to the next step now, or page somebody beside it; outside an incident, page by hand',
  where: 'either',
  params: [
    { name: 'target', kind: 'target', description: 'The person, team, schedule, service or policy to page' },
    { name: 'message', kind: 'text', description: 'What they should know' },
  ],
  examples: [
    'escalate',
    'escalate @ben can you look at the database',
    'page team payments checkout fails for everybody',
    'escalate policy default the disk of db2 is full',
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

const WAYS =
  'Name a person, team, schedule, service or policy: `escalate @ben`, `escalate team payments`, `escalate policy night`.';

function withoutTarget(message: string | null, { incident, actor }: Asking): Sayable | Refusal {
  if (message !== null && message.toLowerCase() !== 'now') {
    return {
      why: `I know no person, team, schedule, service or policy called “${message.slice(0, 60)}”.`,
      hint: WAYS,
    };
  }
  if (incident === null) return { why: 'Outside an incident I need to know whom to page.', hint: WAYS };
  return { type: 'escalation.escalate_now', by: actor, incidentId: incident.id, pageId: null };
}

type Called = NamedTarget | NamedPolicy;

function pageBeside(
  target: Called,
  message: string | null,
  { actor, incidentId, directory }: Asking & { readonly incidentId: number },
): Sayable {
  const paging = pagingOf(target);
  const { services, settings } = directory;
  const usual = services.get(target.id)?.policy ?? settings.defaultPolicy;
  const source =
    paging.kind === 'targets'
      ? { targets: paging.targets }
      : { policy: paging.kind === 'policy' ? paging.policy : usual };
  return { type: 'escalation.start', by: actor, incidentId, source, rulesNow: false, message };
}

function pageByHand(target: Called, message: string | null, asking: Asking): Sayable {
  const about: Partial<Declaration> = target.kind === 'service' ? { service: target.id } : {};
  return declareBy(asking, {
    title: message ?? `${target.name} is needed`,
    page: pagingOf(target),
    ...about,
  });
}

function pagingOf({ kind, id }: Called): Paging {
  if (kind === 'service') return { kind: 'service' };
  if (kind === 'policy') return { kind: 'policy', policy: id };
  return { kind: 'targets', targets: [{ kind, id }], rulesNow: false };
}
