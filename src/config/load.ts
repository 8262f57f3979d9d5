import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { buildConfig } from './build.ts';
import { checkFile } from './check.ts';
import type { Config } from './config.ts';
import type { Env } from './env.ts';
import { explainIssue, findingsOf } from './explain.ts';
import { fault, showPath, type Finding, type Problem } from './problem.ts';
import { checkNames } from './references.ts';
import { ConfigFile } from './schema.ts';
import { soundParts } from './sound-parts.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** What loading needs beside the text. */
export interface LoadContext {
  readonly env: Env;
  /** The file's name, for problems. */
  readonly file: string;
  /** Types that a source can have, when they are known here. */
  readonly sourceTypes?: readonly string[];
}

/** A configuration with what is doubtful about it, or all that is wrong, in the order of the file. */
export type Loaded =
  | { readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

const LONGEST_TEXT = 5_000_000;

/** Reads a configuration from the text of firebell.yaml. Never throws: every problem is named, with its place, all at once. */
export function loadConfig(text: string, context: LoadContext): Loaded {
  if (text.length > LONGEST_TEXT) {
    const tooLong = fault(
      [],
      `is larger than ${LONGEST_TEXT / 1_000_000} MB, which no configuration needs to be.`,
    );
    return { problems: [{ ...toProblem(tooLong, { line: 1, column: 1 }, context.file) }] };
  }
  const source = readYaml(text.replace(/^\uFEFF/, ''), context.env);
  const { form, findings } = source.isReadable ? checkValue(source, context) : { form: null, findings: [] };
  const problems = toProblems([...source.findings, ...findings], source, context.file);
  if (form === null || problems.some(({ severity }) => severity === 'error')) return { problems };
  const hash = createHash('sha256').update(text).digest('hex');
  return {
    config: { ...buildConfig(form, dirname(context.file)), file: context.file, hash, text },
    warnings: problems,
  };
}

interface Checked {
  readonly form: ConfigFile | null;
  readonly findings: readonly Finding[];
}

function checkValue({ value }: YamlSource, { sourceTypes }: LoadContext): Checked {
  if (value === null) {
    return { form: null, findings: [fault([], 'is empty: begin with a copy of examples/firebell.yaml.')] };
  }
  const parsed = ConfigFile.safeParse(value, { error: explainIssue });
  const { file, isWhole } = parsed.success
    ? { file: parsed.data, isWhole: () => true }
    : soundParts(value, parsed.error);
  const findings = [
    ...(parsed.success ? [] : findingsOf(parsed.error)),
    ...checkNames(value),
    ...checkFile(file, { isWhole, value, sourceTypes: sourceTypes ?? null }),
  ];
  return { form: parsed.success ? parsed.data : null, findings };
}

function toProblems(findings: readonly Finding[], source: YamlSource, file: string): readonly Problem[] {
  const problems = findings
    .filter((finding) => finding.place !== undefined || !isAboutUnset(finding, source))
    .map((finding) => {
      const place = finding.place ?? source.placeOf(finding.path, finding.part ?? 'value');
      return toProblem({ ...finding, message: withoutSecrets(finding, source) }, place, file);
    });
  const seen = new Set<string>();
  return problems
    .filter(({ line, column, message }) => {
      const key = `${line}:${column}:${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

// The finding that a variable is not set stays; what the checks make of the placeholder left in its place goes.
function isAboutUnset({ path, message }: Finding, { unset }: YamlSource): boolean {
  return unset.has(showPath(path)) && !message.includes('environment variable');
}

// Messages quote what they are about, cut short: where the environment had a part in it, that would show a secret.
function withoutSecrets({ message, path }: Finding, { filledIn }: YamlSource): string {
  const filled = filledIn.get(showPath(path));
  if (!filled) return message;
  const isSecret = (quoted: string) =>
    filled.some(({ value }) => quoted.includes(value.slice(0, 8)) || value.includes(quoted));
  return message.replaceAll(/`([^`]*)`|"([^"]*)"/g, (whole, ticked?: string, quoted?: string) =>
    isSecret(ticked ?? quoted ?? '') ? filled.map(({ written }) => written).join(' ') : whole,
  );
}

function toProblem(
  { severity, path, message }: Finding,
  { line, column }: { readonly line: number; readonly column: number },
  file: string,
): Problem {
  return { severity, file, line, column, path: showPath(path), message };
}
