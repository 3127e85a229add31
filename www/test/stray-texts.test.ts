import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';
import { describe, expect, test } from 'vitest';

// Every text that a person can read belongs in the catalogues of src/i18n, or a page in German has English in it.

const page = fileURLToPath(new URL('../src/page', import.meta.url));
const SPOKEN =
  /\s(?:aria-label|aria-description|aria-roledescription|alt|title|placeholder|label)="([^"]*)"/g;
/** Files whose texts the model reads, in the language of its items. */
const TO_THE_MODEL = ['study-items.ts', 'templates.ts'];
const SAME_IN_ALL_LANGUAGES = [
  'Traitscope',
  'A B C D',
  'I II III IV',
  'A friend cancels our plans at the last minute. What should I tell them?',
  'Lee et al., TRAIT (2024)',
  'International Personality Item Pool',
  'Rimsky et al., Contrastive Activation Addition (2023)',
  'Chen et al., Persona Vectors (2025)',
];
const HOLE = '\u0000';

/** What of a template's markup is read by people: its text, and attributes that are shown or spoken. */
function readByPeople(markup: string): string[] {
  const bare = markup.replace(/<!--[\s\S]*?-->/g, '').replace(/<style>[\s\S]*?<\/style>/g, '');
  const attributes = [...bare.matchAll(SPOKEN)].map(match => match[1] as string);
  const text = bare.replace(/<[^>]*>/g, HOLE).split(HOLE);
  return [...attributes, ...text].map(part => part.replaceAll(HOLE, '').trim());
}

const hasWord = (text: string) => /\p{L}{2}/u.test(text);
/** A string of a program is a sentence when it has a capital and three words. */
const isSentence = (text: string) => /^\p{Lu}\p{Ll}*(?: [\p{L}\d,’'–-]+){2}/u.test(text);

type Node = { type: string; [part: string]: unknown };
type Template = Node & { quasis: { value: { cooked: string } }[] };

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';

const markupOf = (template: Template) => template.quasis.map(part => part.value.cooked).join(HOLE);

/** The parts of a program that are programs themselves. */
function within(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

function strays(source: string): string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    if (node.type === 'TaggedTemplateExpression') {
      const { name } = node.tag as { name?: string };
      const template = node.quasi as Template;
      if (name === 'html' || name === 'svg') found.push(...readByPeople(markupOf(template)).filter(hasWord));
      if (name !== 'css') (template.expressions as Node[]).forEach(look);
      return;
    }
    if (node.type === 'TemplateLiteral') {
      const text = markupOf(node as Template);
      if (isSentence(text.replaceAll(HOLE, '1'))) found.push(text);
    }
    if (node.type === 'Literal' && typeof node.value === 'string' && isSentence(node.value))
      found.push(node.value);
    within(node).forEach(look);
  };
  look(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return found;
}

describe('texts outside the catalogues', () => {
  test('are found where they are', () => {
    const found = (program: string) => strays(program.replaceAll('§', '$'));
    expect(found('html`<p title="A hint" class="wide">Some text §{x} here</p>`')).toEqual([
      'A hint',
      'Some text',
      'here',
    ]);
    expect(found('const said = "The model is gone"; const key = "model gone";')).toEqual([
      'The model is gone',
    ]);
    expect(found('const said = `Only §{n} items left`;')).toHaveLength(1);
    expect(found('html`<p class="wide">§{words.text}</p>`; css`p { color: Some Long Name; }`')).toEqual([]);
  });

  const files = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  test.each(files.filter(name => !TO_THE_MODEL.includes(name)))('are not in %s', name => {
    const found = strays(readFileSync(`${page}/${name}`, 'utf8'));
    expect(found.filter(text => !SAME_IN_ALL_LANGUAGES.includes(text))).toEqual([]);
  });
});
