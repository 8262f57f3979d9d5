import { expect, it } from 'vitest';
import { configJsonSchema } from './json-schema.ts';

it('stands in docs as it follows from the schemas; `vitest run src/config/json-schema.test.ts -u` writes it anew', async () => {
  const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../docs/firebell.schema.json');
});

it('offers every section with its description, and no value that the file could not hold', () => {
  const { properties } = configJsonSchema();
  expect(Object.keys(properties ?? {})).toContain('last_resort');
  const text = JSON.stringify(properties);
  expect(text).toContain('"default":"5m"');
  expect(text).not.toContain('"default":300000');
});
