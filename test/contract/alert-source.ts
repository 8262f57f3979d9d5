import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Signal } from '../../src/domain/alert/signal.ts';
import { readBody } from '../../src/ingest/body.ts';
import type { AlertSource, ParseContext, Parsed } from '../../src/ingest/source.ts';
import { samplesOf } from './alert-samples.ts';
import type { Expected, Sample } from './alert-samples.ts';

const RECEIVED_AT = new Date('2026-11-22T01:00:00Z');

/** What every alert source must hold, and that it reads its recorded posts as they were meant. */
export function describeAlertSource(
  source: AlertSource,
  samples: readonly Sample[] = samplesOf(source.name),
): void {
  describe(`the alert source ${source.name}`, () => {
    describeAnyBody(source);
    describe('with recorded posts', () => describeSamples(source, samples));
  });
}

function describeAnyBody(source: AlertSource): void {
  it('has a name that fits a URL', () => {
    expect(source.name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('never throws, makes valid signals only, and says what is wrong with the rest', () => {
    const names = fc.constantFrom(
      'alerts',
      'labels',
      'annotations',
      'title',
      'status',
      'startsAt',
      'links',
      'tags',
      'dedup_key',
      '__proto__',
      'constructor',
    );
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.string({ unit: 'binary' }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 6 }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const parsed = parse(source, value);
        for (const signal of parsed.signals) expect(Signal.safeParse(signal).error).toBeUndefined();
        for (const { reason } of parsed.rejected) expect(reason).toMatch(/\w{3}/);
        expect(parsed.signals.length + parsed.rejected.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
    expect('polluted' in {}).toBe(false);
  });

  it('reads the same post in the same way twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parse(source, value)).toEqual(parse(source, value));
      }),
    );
  });
}

function describeSamples(source: AlertSource, samples: readonly Sample[]): void {
  const keys = new Map<string, string>();

  it('has some', () => {
    expect(samples.length, `add lines to test/contract/payloads/${source.name}.jsonl`).toBeGreaterThan(0);
  });

  it.each(samples)('$id is read as it was meant', (sample) => {
    const body = readBody(sample.bytes, sample.contentType);
    const parsed = body.kind === 'ok' ? parse(source, body.body) : { signals: [], rejected: [] };
    if (!sample.expect.http.some((status) => status < 300)) expect(parsed.signals).toEqual([]);
    if (sample.expect.keyPolicy === undefined)
      expect(parsed.signals).toHaveLength(sample.expect.events.length);
    else expect(parsed.signals).not.toEqual([]);
    for (const [i, expected] of sample.expect.events.entries()) {
      const signal = parsed.signals[i];
      if (signal) checkSignal(signal, expected, keys);
    }
  });

  it('has told different alerts apart', () => {
    expect(new Set(keys.values()).size).toBe(keys.size);
  });
}

function checkSignal(signal: Signal, expected: Expected, keys: Map<string, string>): void {
  expect(expected.status).toContain(signal.status);
  if (expected.severity && signal.status === 'firing') expect(expected.severity).toContain(signal.severity);
  for (const part of expected.titleContains ?? [])
    expect(signal.title.toLowerCase()).toContain(part.toLowerCase());
  for (const part of expected.notTitle ?? []) expect(signal.title).not.toContain(part);
  if (expected.service) expect(expected.service).toContain(signal.service);
  expect(signal.labels).toMatchObject(expected.labels ?? {});
  for (const part of expected.linksContain ?? [])
    expect(signal.links.some((link) => link.includes(part))).toBe(true);
  expect(signal.key).toBe(keys.get(expected.key) ?? signal.key);
  keys.set(expected.key, signal.key);
}

function parse(source: AlertSource, body: unknown): Parsed {
  const context: ParseContext = { source: source.name, receivedAt: RECEIVED_AT, headers: {}, query: {} };
  return source.parse(body, context);
}
