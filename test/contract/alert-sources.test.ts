import { expect, it } from 'vitest';
import { SOURCES } from '../../src/ingest/sources/registry.ts';
import { describeAlertSource } from './alert-source.ts';

for (const source of SOURCES) describeAlertSource(source);

it('no two sources have one name', () => {
  expect(new Set(SOURCES.map(({ name }) => name)).size).toBe(SOURCES.length);
});
