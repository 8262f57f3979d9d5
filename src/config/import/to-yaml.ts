import { Document, isMap, isScalar, isSeq, visit } from 'yaml';
import type { Raw } from './document-schedule.ts';

/** The text of firebell.yaml: short lists and pairs on one line, comments above the sections. */
export function toYaml(document: Raw, comments: readonly string[]): string {
  const doc = new Document(document, { aliasDuplicateObjects: false });
  doc.commentBefore = comments.map((line) => ` ${line}`).join('\n');
  visit(doc, {
    Scalar: (key, node) => {
      if (key === 'key' || typeof node.value !== 'string') return;
      if (/^\d\d:\d\d$|^\d{4}-\d\d-\d\dT/.test(node.value)) node.type = 'QUOTE_DOUBLE';
      // `${` would be read as a variable of the environment.
      node.value = node.value.replaceAll('${', () => '$${');
    },
    Seq: (_, node) => {
      if (node.items.every((item) => isScalar(item) || (isSeq(item) && item.items.every(isScalar))))
        node.flow = true;
    },
    Map: (key, node, path) => {
      const isItem = isSeq(path.at(-1));
      const isPlain = node.items.every(
        ({ value }) => isScalar(value) || (isSeq(value) && value.items.every(isScalar)),
      );
      const isShort = node.items.length <= 3 || isItem;
      if (isPlain && isShort && (isItem || isInline(key, path))) node.flow = true;
    },
  });
  if (isMap(doc.contents)) {
    for (const pair of doc.contents.items.slice(1)) {
      if (isScalar(pair.key)) pair.key.spaceBefore = true;
    }
  }
  return doc.toString({ lineWidth: 120, flowCollectionPadding: true });
}

const INLINE = new Set(['rotation', 'match', 'within_hours']);

function isInline(_: unknown, path: readonly unknown[]): boolean {
  const parent = path.at(-1) as { readonly key?: unknown } | undefined;
  return isScalar(parent?.key) && INLINE.has(String(parent.key.value));
}
