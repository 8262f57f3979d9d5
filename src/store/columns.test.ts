import { expect, it } from 'vitest';
import { toJson } from './columns.ts';

it('writes JSON that jsonb accepts, and changes nothing that it accepts already', () => {
  const kept = { text: 'tab\t "quoted" \\u0000 \u{1F525} \u0001', deep: [{ 'a\\': '\\ud800' }], at: null };
  expect(JSON.parse(toJson(kept))).toEqual(kept);

  const hostile = { 'name\0': ['\0', '\\\0', '\ud83d', 'x\udfffy'] };
  expect(JSON.parse(toJson(hostile))).toEqual({ 'name\ufffd': ['\ufffd', '\\\ufffd', '\ufffd', 'x\ufffdy'] });
});
