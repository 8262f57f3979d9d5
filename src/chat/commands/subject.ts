import type { Refusal } from '../../domain/decision.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Subject } from '../../domain/forecast/question.ts';
import { nearestWord } from '../../lib/edit-distance.ts';
import { findNamed, fold, spell } from './names.ts';
import type { NamedPolicy } from './params.ts';

/** Where a subject is looked up; `platform` is the chat platform whose handles count. */
interface SubjectScope {
  readonly directory: Directory;
  readonly platform: string;
}

const KINDS = ['service', 'schedule', 'team', 'person'] as const;

/**
 * What words mean that name something which pages people: `checkout`, `policy night`, `schedule primary`, `@ana`. A service goes
 * before other things of its name. A refusal names what may have been meant.
 */
export function findSubject(words: string, scope: SubjectScope): Subject | Refusal {
  const policy = policyOf(words, scope.directory);
  if (/^policy\s/i.test(words)) return policy ?? unknown(words.replace(/^policy\s+/i, ''), scope.directory);
  const match = findNamed(words, { ...scope, kinds: KINDS });
  if (match.kind === 'one') return match.target;
  if (match.kind === 'none') return policy ?? unknown(words, scope.directory);
  const services = match.targets.filter(({ kind }) => kind === 'service');
  if (services[0] && services.length === 1) return services[0];
  const ways = match.targets.slice(0, 6).map((target) => `${target.name} (\`${spell(target)}\`)`);
  return {
    why: `“${words}” could be ${ways.join(' or ')}. Which one?`,
    hint: 'Write it as in the brackets.',
  };
}

/** Every policy as it is written where a subject is asked for. */
export function policySpellings({ policies }: Directory): readonly string[] {
  return [...policies.keys()].map((id) => `policy ${id}`);
}

/** The policy of this name, with or without `policy` before it. */
export function policyOf(words: string, { policies }: Pick<Directory, 'policies'>): NamedPolicy | null {
  const name = fold(words).replace(/^policy /, '');
  const id = [...policies.keys()].find((one) => fold(one) === name);
  return id === undefined ? null : { kind: 'policy', id, name: `policy ${id}` };
}

function unknown(words: string, directory: Directory): Refusal {
  const { services, schedules, teams, policies, people } = directory;
  const known = [services, schedules, teams, people].flatMap((things) =>
    [...things.values()].flatMap(({ id, name }) => [id, name]),
  );
  const name = fold(words).replace(/^@/, '');
  const meant = nearestWord(name, [...new Set([...known.map(fold), ...[...policies.keys()].map(fold)])]);
  const shown = words.length > 60 ? `${words.slice(0, 60)}…` : words;
  return {
    why: `There is no service, policy, schedule, team or person “${shown}”.`,
    hint: meant === null ? listOf([...services.keys()]) : `Did you mean \`${meant}\`?`,
  };
}

function listOf(services: readonly string[]): string | null {
  if (services.length === 0) return 'No service is configured; ask about `policy <name>` or a schedule.';
  const more = services.length > 12 ? ` and ${services.length - 12} more` : '';
  return `Services are: ${services.slice(0, 12).join(', ')}${more}. Also: \`policy <name>\`, \`schedule <name>\`, \`team <name>\`, \`@person\`.`;
}
