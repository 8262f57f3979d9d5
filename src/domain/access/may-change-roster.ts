import type { Actor } from '../actor.ts';
import type { Refusal } from '../decision.ts';
import type { Directory } from '../directory.ts';
import type { Difference } from '../roster/difference.ts';

/**
 * Whether somebody may make this change of who is on call; null is yes. Nobody is put on call by somebody else's wish alone, and
 * nobody leaves a time with nobody, unless they are an admin.
 */
export function mayChangeRoster(
  actor: Actor,
  { comes, gaps }: Pick<Difference, 'comes' | 'gaps'>,
  { people }: Directory,
): Refusal | null {
  if (actor.kind === 'bot') return null;
  const who = actor.kind === 'person' ? people.get(actor.id) : undefined;
  if (who === undefined)
    return {
      why: 'Only a configured person can change who is on call.',
      hint: 'An admin adds people, and links chat accounts, in firebell.yaml.',
    };
  if (who.access === 'admin') return null;
  const other = [...comes.keys()].find((id) => id !== who.id);
  if (other !== undefined)
    return {
      why: `That puts ${people.get(other)?.name ?? other} on call, and only they or an admin can do that.`,
      hint: `\`cover\` asks them: \`cover <schedule> from … until … ask @${other}\`.`,
    };
  if (gaps.length > 0)
    return {
      why: 'That leaves nobody on call, which only an admin can do.',
      hint: '`cover` asks somebody to take the shift.',
    };
  if (who.access === 'observer')
    return {
      why: `${who.name} follows along as an observer and cannot change who is on call.`,
      hint: 'An admin changes `access` in firebell.yaml.',
    };
  return null;
}
