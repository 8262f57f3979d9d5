import type { Coverage } from '../../domain/report/coverage/coverage.ts';
import { tellCoverage } from '../../domain/report/coverage/told.ts';
import type { Line } from '../../domain/text.ts';
import type { Block, Message } from '../message.ts';
import { context, text, tidy } from './blocks.ts';
import { plainLine } from './plain.ts';
import type { Reading } from './plain.ts';

const MOST = 8;
const GOOD = 90;

/** What a report is about, for its heading. */
export interface CoverageHeading {
  /** Null for the whole house. */
  readonly name: string | null;
}

/** Whether somebody will answer in the time to come: the score with its reasons, the next gaps, and how the load is spread. */
export function coverageScreen(coverage: Coverage, { name }: CoverageHeading, reading: Reading): Message {
  const told = tellCoverage(coverage, reading);
  const parts: readonly (readonly [string, readonly Line[]])[] = [
    ['Nobody on call', told.gaps],
    ['On call in two places at once', told.doubleDuty],
    ['Short rests', told.shortRests],
    ['On call, by person', told.load],
  ];
  const reasons =
    told.deductions.length === 0 ? [text('Nothing takes points away.')] : listOf(told.deductions);
  const blocks: readonly Block[] = [
    { kind: 'heading', text: `Coverage${name === null ? '' : ` of ${name}`}: ${told.headline}` },
    ...reasons,
    ...parts.flatMap(([title, lines]) =>
      lines.length === 0 ? [] : [text({ bold: title }), ...listOf(lines)],
    ),
    context(
      'The score says whether somebody will answer; how the load is spread has no part in it. Times are in ',
      reading.zone,
      '.',
    ),
  ];
  return {
    blocks: [...blocks],
    tone: coverage.score >= GOOD ? 'good' : 'warning',
    plain: [[`Coverage: ${told.headline}.`], ...told.deductions]
      .map((line) => plainLine(line, reading))
      .join(' '),
    notify: [],
  };
}

function listOf(lines: readonly Line[]): readonly Block[] {
  const shown = lines.slice(0, MOST).map(tidy);
  const more = lines.length - shown.length;
  return [{ kind: 'list', items: more === 0 ? shown : [...shown, [`and ${more} more.`]] }];
}
