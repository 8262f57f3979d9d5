import { refuse } from '../refusal.ts';
import type { Channel, State } from '../workspace/state.ts';

const LONGEST_NAME = 80;

/** The name, when a channel may bear it. Archived channels keep theirs, so it stays taken. */
export function checkName({ channels }: State, name: string, except?: Channel): string {
  if (name.trim() === '') refuse('invalid_name_required');
  if (name.length > LONGEST_NAME) refuse('invalid_name_maxlength');
  if (!/^[a-z0-9_-]+$/.test(name)) refuse('invalid_name_specials');
  if (/^[_-]+$/.test(name)) refuse('invalid_name_punctuation');
  if ([...channels.values()].some((channel) => channel !== except && channel.name === name))
    refuse('name_taken');
  return name;
}
