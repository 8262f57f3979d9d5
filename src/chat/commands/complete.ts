import type { Directory } from '../../domain/directory.ts';
import type { Completion } from '../chat-front.ts';
import type { Asking } from '../step.ts';
import { grammarOf } from './grammar.ts';
import { BOOK } from './registry.ts';
import { allNamed, fold, spell } from './names.ts';
import type { NamedTarget, Param } from './params.ts';
import { proposeIncidents } from './propose-incidents.ts';
import { ranked } from './rank.ts';
import type { Proposal } from './rank.ts';
import { policySpellings } from './subject.ts';

const MOST = 12;

/** What could be typed next: verbs at first, then the values that the verb's parameters can have. */
export function completeLine(text: string, asking: Asking): readonly Completion[] {
  const line = text.replace(/^\s+/, '');
  const [verb = ''] = line.split(/\s+/);
  return /\s/.test(line) ? completeValue(line, verb, asking) : completeVerb(verb);
}

/** What one parameter can be, given what is typed of it so far: in its name or in its detail, the best match first. */
export async function proposeValues(
  { verb, param, text }: { readonly verb: string; readonly param: string; readonly text: string },
  asking: Asking,
): Promise<readonly Completion[]> {
  const command = BOOK.find(verb)?.command;
  if (param === 'incident') return proposeIncidents(command?.course ?? 'open', text, asking);
  const known = command?.params.find(({ name }) => name === param);
  if (known === undefined) return [];
  // What the option is for stands above the list already.
  const all = valuesOf(known, asking).map((one) =>
    one.detail === known.description ? { ...one, detail: '' } : one,
  );
  const stem = isMany(known) ? (/^\s*(@\S+[\s,]+)+/.exec(text)?.[0] ?? '') : '';
  const used = new Set(fold(stem).split(/[\s,]+/));
  const left = all.filter(({ word }) => !used.has(fold(word)));
  return ranked(left, text.slice(stem.length), { loosely: true }).map(({ word, detail }) => ({
    insert: `${stem}${word}`,
    label: `${stem}${word}`,
    detail,
  }));
}

/** Several people stand one behind the other in such a parameter. */
function isMany({ kind }: Param): boolean {
  return kind === 'people' || kind === 'away';
}

function completeVerb(start: string): readonly Completion[] {
  const wanted = start.toLowerCase();
  const hits = BOOK.commands.flatMap((command) => {
    const words = [
      command.name,
      ...command.synonyms.map((synonym) => (typeof synonym === 'string' ? synonym : synonym.word)),
    ];
    const word = words.find((one) => one.startsWith(wanted));
    return word === undefined ? [] : [{ word, command }];
  });
  return hits.slice(0, start === '' ? hits.length : MOST).map(({ word, command }) => ({
    insert: command.params.length === 0 ? word : `${word} `,
    label: grammarOf({ ...command, name: word }),
    detail: command.summary,
  }));
}

function completeValue(line: string, verb: string, asking: Asking): readonly Completion[] {
  const found = BOOK.find(verb);
  if (found === null) return [];
  const begun = /\S*$/.exec(line)?.[0] ?? '';
  const proposals = found.command.params.flatMap((param) =>
    proposalsFor(param, line.slice(0, line.length - begun.length), asking),
  );
  const last = lastOf(line, proposals);
  const stem = line.slice(0, line.length - last.length);
  const wanted = fold(last);
  const used = new Set(fold(stem).split(' '));
  const hits = ranked(proposals, last, { loosely: false }).filter(
    ({ word }) => fold(word) !== wanted && !used.has(fold(word)),
  );
  return hits.slice(0, MOST).map(({ word, detail }) => ({ insert: `${stem}${word} `, label: word, detail }));
}

/** The last word of a line, with the word for its kind in front of it where that is how things are written: `team pay`. */
function lastOf(line: string, proposals: readonly Proposal[]): string {
  const two = /(?<=\s)\S+ \S*$/.exec(line)?.[0];
  const kind = two === undefined ? '' : fold(two.slice(0, two.indexOf(' ')));
  const isKind = kind !== '' && proposals.some(({ word }) => fold(word).startsWith(`${kind} `));
  return two !== undefined && isKind ? two : (/\S*$/.exec(line)?.[0] ?? '');
}

/** A value behind a keyword is proposed once the keyword stands there, the keyword itself before. */
function proposalsFor(param: Param, stem: string, asking: Asking): readonly Proposal[] {
  const keyword = param.keywords?.[0];
  if (keyword === undefined) return valuesOf(param, asking);
  const isNext = param.keywords?.some((word) => fold(stem).endsWith(` ${word}`)) === true;
  return isNext ? valuesOf(param, asking) : [{ word: keyword, detail: param.description }];
}

function policies(directory: Directory): readonly Proposal[] {
  return policySpellings(directory).map((word) => ({ word, detail: 'A policy' }));
}

function valuesOf(param: Param, { directory, platform }: Asking): readonly Proposal[] {
  const named = (kinds: readonly NamedTarget['kind'][]): readonly Proposal[] =>
    allNamed({ directory, platform, kinds }).map((target) => ({
      // Where a subject is asked for, a service goes before others of its name.
      word: target.kind === 'service' && param.kind !== 'target' ? target.id : spell(target),
      detail: target.name,
      isName: true,
    }));
  const words = (list: readonly string[]): readonly Proposal[] =>
    list.map((word) => ({ word, detail: param.description }));
  switch (param.kind) {
    case 'person':
    case 'people':
    case 'away':
      return named(['person']);
    case 'target':
      return [...named(['person', 'team', 'schedule', 'service']), ...policies(directory)];
    case 'schedule_or_team':
      return named(['schedule', 'team']);
    case 'subject':
      return [...named(['service', 'schedule', 'team', 'person']), ...policies(directory)];
    case 'service':
      return named(['service']);
    case 'schedule':
      return [...directory.schedules.values()].map(({ id, name }) => ({
        word: id,
        detail: name,
        isName: true,
      }));
    case 'severity':
      return directory.severities.map(({ id, name }) => ({ word: id, detail: name, isName: true }));
    case 'impact':
      return words(directory.severityMatrix?.impacts ?? []);
    case 'urgency':
      return words(directory.severityMatrix?.urgencies ?? []);
    case 'status':
      return words(['investigating', 'identified', 'monitoring', 'resolved']);
    case 'role':
      return words(directory.settings.roles);
    case 'choice':
      return words(param.choices ?? []);
    case 'flag':
      return words([param.name]);
    case 'duration':
      return words(['10m', '30m', '1h']);
    case 'moment':
      return words(['30m', '2h', 'until']);
    case 'time':
    case 'past_time':
    case 'number':
      return [];
    case 'text':
      return param.name === 'verb'
        ? BOOK.commands.map(({ name, summary }) => ({ word: name, detail: summary }))
        : [];
  }
}
