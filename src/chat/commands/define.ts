import type { Refusal } from '../../domain/decision.ts';
import { personOf } from '../../domain/actor.ts';
import type { Line } from '../../domain/text.ts';
import { shorten } from '../../lib/clean-text.ts';
import type { Reply } from '../message.ts';
import { refusing, replying, saying } from '../step.ts';
import type { Asking, Confirmation, Done, InIncident, Sayable, Step } from '../step.ts';
import { knownValues } from './known-values.ts';
import type { ArgsOf, Param } from './params.ts';
import { parseArgs } from './parse.ts';
import type { Parsed } from './parse.ts';
import { readNamedArgs } from './named-args.ts';
import type { NamedValues } from './named-args.ts';
import type { ReadContext } from './read-value.ts';

/** Another word for a verb; `before` are the arguments that it already says, as in `lead` for `role lead`. */
export type Synonym = string | { readonly word: string; readonly before: string };

/** `incident` commands are about one: the room's, or the one named by `#42`. `either` ones can be about one. */
export type Where = 'anywhere' | 'either' | 'incident';

/** While which incidents it makes sense: open ones, all of them, or those that are over. Nobody is refused for it; it says what to propose. */
export type Course = 'open' | 'all' | 'over';

type AskingAt<W extends Where> = W extends 'incident' ? InIncident : Asking;

/** What one command is made of. It changes something by `toCommand`, or `answer`s; with both, `toCommand` gives null to leave it to the answer. */
interface Recipe<W extends Where, Ps extends readonly Param[]> {
  readonly name: string;
  readonly synonyms: readonly Synonym[];
  readonly summary: string;
  readonly where: W;
  /** `open` when it is not said. */
  readonly course?: Course;
  readonly params: Ps;
  /** Typed lines without the leading `/inc`, the plainest first. */
  readonly examples: readonly string[];
  /** Words that nothing takes do not stand in its way: it is typed at three in the morning. */
  readonly forgiving?: boolean;
  /** Without arguments it may answer with a form: platforms that cannot wait for one are told before. */
  readonly opensForm?: boolean;
  readonly toCommand?: (
    args: ArgsOf<Ps>,
    asking: AskingAt<W>,
  ) => Sayable | Refusal | null | Promise<Sayable | Refusal | null>;
  /** For what is about no incident: what it comes to, whole. Instead of `toCommand` and `answer`. */
  readonly toStep?: (args: ArgsOf<Ps>, asking: AskingAt<W>) => Step | Promise<Step>;
  readonly answer?: (args: ArgsOf<Ps>, asking: AskingAt<W>) => Reply | Promise<Reply>;
  /** What the asker is told after the change; without it, what happened in the words of the timeline. */
  readonly confirm?: (done: Done, args: ArgsOf<Ps>, asking: AskingAt<W>) => Confirmation | null;
}

/** A command as the rest of the chat room knows it: what text parsing, completion, help and the reference page are made from. */
export interface CommandDefinition {
  readonly name: string;
  readonly synonyms: readonly Synonym[];
  readonly summary: string;
  readonly where: Where;
  readonly course: Course;
  readonly params: readonly Param[];
  readonly examples: readonly string[];
  /** Without arguments it may answer with a form. */
  readonly opensForm: boolean;
  /** Reads the words after the verb and says what follows. An `incident` command is only ever asked with an incident. */
  readonly read: (words: string, asking: Asking) => Promise<Step>;
  /** As `read`, from arguments that came one by one, each under its parameter's name. */
  readonly readNamed: (values: NamedValues, asking: Asking) => Promise<Step>;
}

/** Defines a command once, for every platform. */
export function defineCommand<W extends Where, const Ps extends readonly Param[]>(
  recipe: Recipe<W, Ps>,
): CommandDefinition {
  const { name, synonyms, summary, where, params, examples } = recipe;
  const follow = async (parsed: Parsed, asking: Asking): Promise<Step> => {
    if (!parsed.ok) return refusing(parsed.refusal.why, parsed.refusal.hint ?? exampleHint(examples));
    if (parsed.left !== '' && recipe.forgiving !== true) return leftOver(parsed.left, recipe, asking);
    if (where === 'incident' && asking.incident === null)
      return refusing(`\`${name}\` is about an incident.`, `Name it: \`${name} #42\`.`);
    // The parser has read every parameter by its kind, and an incident command has its incident (checked just above).
    const [args, at] = [parsed.args as ArgsOf<Ps>, asking as AskingAt<W>];
    const step = await stepOf(recipe, args, at);
    return step.kind === 'say' && parsed.left !== '' ? { ...step, aside: notKept(parsed.left) } : step;
  };
  return {
    name,
    synonyms,
    summary,
    where,
    course: recipe.course ?? 'open',
    params,
    examples,
    opensForm: recipe.opensForm ?? false,
    read: (words, asking) => follow(parseArgs(words, params, contextOf(asking)), asking),
    readNamed: (values, asking) => follow(readNamedArgs(values, params, contextOf(asking)), asking),
  };
}

function contextOf(asking: Asking): ReadContext {
  return { ...asking, me: personOf(asking.actor) };
}

async function stepOf<W extends Where, Ps extends readonly Param[]>(
  { toStep, toCommand, answer, confirm, name }: Recipe<W, Ps>,
  args: ArgsOf<Ps>,
  asking: AskingAt<W>,
): Promise<Step> {
  if (toStep !== undefined) return toStep(args, asking);
  const command = (await toCommand?.(args, asking)) ?? null;
  if (command !== null && !('type' in command)) return { kind: 'refused', refusal: command };
  if (command !== null) return saying(command, confirm && ((done) => confirm(done, args, asking)));
  if (answer === undefined) throw new Error(`the command ${name} has neither a change nor an answer`);
  return replying(await answer(args, asking));
}

function leftOver<W extends Where, Ps extends readonly Param[]>(
  left: string,
  { name, params, examples }: Recipe<W, Ps>,
  { directory }: Asking,
): Step {
  const known = [...new Set(params.flatMap((param) => knownValues(param, directory) ?? []))];
  const hint = [...known, exampleHint(examples) ?? ''].join(' ').trim();
  return refusing(`\`${name}\` does not know what to do with “${shorten(left, 60)}”.`, hint || null);
}

/** Words that stood beside a command which takes none must not be lost unsaid. */
function notKept(left: string): Line {
  return [`“${shorten(left, 60)}” was not kept: `, { code: 'note …' }, ' writes a line on the timeline.'];
}

function exampleHint(examples: readonly string[]): string | null {
  return examples.length === 0
    ? null
    : `For example: ${examples
        .slice(0, 2)
        .map((example) => `\`${example}\``)
        .join(' or ')}.`;
}
