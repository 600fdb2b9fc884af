import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentId } from '../../src/model/content-id.ts';
import { sha256 } from '../../src/model/sha256.ts';
import { sha256 as sha256OfNode } from '../../src/model/sha256-node.ts';

test('the order of keys does not matter, everything else does', () => {
  const id = contentId({ a: 1, b: { c: [1, 2], d: null } });
  expect(contentId({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(id);
  for (const other of [
    { a: 1, b: { c: [2, 1], d: null } },
    { a: '1', b: { c: [1, 2], d: null } },
    { a: 1, b: { c: [1, 2] } },
    { 'a":1,"b': 1 },
  ]) {
    expect(contentId(other)).not.toBe(id);
  }
});

test('is SHA-256, whichever implementation does it', () => {
  const text = '{"agent":"é\u{1F511}","z":1}';
  const digest = createHash('sha256').update(text).digest('hex');
  expect([sha256(text), sha256OfNode(text)]).toEqual([digest, digest]);
  expect(contentId({ z: 1, agent: 'é\u{1F511}' })).toBe(`sha256:${digest.slice(0, 32)}`);
});
