import fc from 'fast-check';
import { expect, it } from 'vitest';
import { markdown } from './markdown.ts';

const flat = (source: string): string =>
  markdown(source)
    .toString()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/> | </g, (part) => part.trim());

it('shows the parts that a postmortem is made of', () => {
  expect(flat('# Title\n\nA **bold** and `code` line')).toBe(
    '<h2>Title</h2><p>A<strong>bold</strong>and<code>code</code>line</p>',
  );
  expect(flat('- one\n- [x] two\n  goes on')).toBe('<ul><li>one</li><li>☑ two goes on</li></ul>');
  expect(flat('1. one\n2. two')).toBe('<ol><li>one</li><li>two</li></ol>');
  expect(flat('> said\n> twice')).toBe('<blockquote>said twice</blockquote>');
  expect(flat('| a | b |\n| --- | --- |\n| 1 | x \\| y |')).toContain(
    '<tbody><tr><td>1</td><td>x | y</td></tr></tbody>',
  );
  expect(flat('```\n# not a title\n```\nafter')).toBe(
    '<pre tabindex="0"><code># not a title</code></pre><p>after</p>',
  );
});

it('never heads a column of a table with nothing', () => {
  expect(flat('| | |\n| --- | --- |\n| Severity | Critical |')).not.toContain('thead');
  expect(flat('| | |\n| --- | --- |\n| Severity | Critical |')).toContain('<td>Severity</td>');
  expect(flat('| | UTC |\n| --- | --- |\n| Detected | 03:00 |')).toContain(
    '<tr><td></td><th scope="col">UTC</th></tr>',
  );
});

it('shows what was escaped as it was meant', () => {
  expect(flat('\\*not bold\\* \\<b\\> \\[x\\]\\(y\\)')).toBe('<p>*not bold* &lt;b&gt; [x](y)</p>');
});

it('never links, and never lets through a tag of the document', () => {
  expect(flat('[click](javascript:alert(1)) <a href=x>')).not.toMatch(/<a|href="|javascript:alert\(1\)"/);
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const tags = markdown(`# ${text}\n- ${text}\n> ${text}\n| ${text} |\n${text}`)
        .toString()
        .matchAll(/<\/?([a-z0-9]+)/gi);
      const known = new Set([
        'h2',
        'h3',
        'p',
        'ul',
        'ol',
        'li',
        'blockquote',
        'pre',
        'code',
        'div',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
        'strong',
        'em',
      ]);
      return [...tags].every(([, name]) => known.has(name ?? ''));
    }),
  );
});
