import { isMet } from '../bench.ts';
import type { Bound, Figure } from '../bench.ts';

/** The figures as a table in Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${round(figure.value)} ${figure.unit}`,
    figure.bound ? boundWords(figure.bound, figure.unit) : '',
    verdict(figure),
  ]);
  const all = [['what', 'figure', 'bound', 'met'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function boundWords(bound: Bound, unit: string): string {
  return 'atMost' in bound ? `<= ${bound.atMost} ${unit}` : `>= ${bound.atLeast} ${unit}`;
}

function verdict(figure: Figure): string {
  const met = isMet(figure);
  return met === null ? '' : met ? 'yes' : 'NO';
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
