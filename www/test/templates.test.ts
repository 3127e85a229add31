import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TEMPLATES } from '../src/page/templates';

const rust = readFileSync(new URL('../../crate/core/src/prompt/templates.rs', import.meta.url), 'utf8');
/** The core's source with its string literals as they are when it runs. */
const core = rust
  .replaceAll(/\\\n\s*/g, '')
  .replaceAll('\\n', '\n')
  .replaceAll('\\"', '"');

test.each(['T1', 'T2', 'T3'] as const)('the text of %s is that of the core', template => {
  const { text, about } = TEMPLATES[template];
  const lines = [...text.matchAll(/^(\w)(.+) \[answer\]$/gm)];
  const mark = lines[0]?.[2];
  expect(lines).toHaveLength(4);
  const [style, noun] = lines[0]?.[1] === 'A' ? ['Upper', 'letter'] : ['Digits', 'number'];
  expect(core).toContain(`"${template}", LabelStyle::${style}`);
  expect(core).toContain(`Wording::${template} => "${mark}"`);
  expect(about).toContain(`${lines[0]?.[1]}${mark} to ${lines[3]?.[1]}${mark}`);
  // The words between what is filled in.
  const words = text.split(/\[\w+\]|^\w.+ \[answer\]$/gm).flatMap(part => part.split('\n'));
  for (const fixed of words.map(part => part.trim()).filter(part => /\w{3}/.test(part))) {
    expect(core.replaceAll('{label}', noun as string)).toContain(fixed);
  }
});
