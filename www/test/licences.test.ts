import { expect, test } from 'vitest';
// @ts-expect-error a tool of the build, without types
import { allowed } from '../../tools/licences.mjs';

test.each([
  ['MIT', true],
  ['GPL-3.0-or-later', false],
  ['MIT OR GPL-2.0', true],
  ['MIT AND GPL-2.0', false],
  ['MIT/Apache-2.0', true],
  ['(MIT OR GPL-2.0) AND Unicode-3.0', true],
  ['GPL-2.0 OR (MIT AND LGPL-3.0)', false],
  ['GPL-2.0 OR MIT AND ISC', true],
  ['Apache-2.0 WITH LLVM-exception OR GPL-3.0', true],
  ['GPL-2.0 WITH Classpath-exception-2.0', false],
  ['MIT GPL-2.0', false],
  ['', false],
])('%s: %s', (expression, met) => {
  expect(allowed(expression)).toBe(met);
});
