import type { PromptMode } from '../types';
import { deviceDetail, type Fact, orders, templates, yes } from './facts';
import { bytes, count, listed, plural } from './format';
import type { Asked, Report } from './report';
import { licenceName, READOUT_NAMES } from './wording';

const PROMPTS: Record<PromptMode, string> = {
  auto: 'as a conversation if the model can',
  chat: 'as a conversation',
  raw: 'as bare text',
};

/** A fact of how it was asked. */
const asked = (what: string, of: (asked: Asked) => string, usual?: string): Fact<Report> => ({
  what,
  of: report => report.asked && of(report.asked),
  ...(usual === undefined ? {} : { usual }),
});
const letters = ({ readouts }: Asked) => readouts.includes('letters');

/** Of which model. */
export const MODEL_FACTS: Fact<Report>[] = [
  { what: 'Model', of: ({ model }) => model.name },
  { what: 'Size', of: ({ model }) => size(model) },
  { what: 'Quantisation', of: ({ model }) => model.quantisation ?? null },
  { what: 'Model file (SHA-256)', of: ({ model }) => model.sha256 },
  { what: 'Device', of: ({ device }) => device.kind.toUpperCase() },
  { what: 'Which device', of: ({ device }) => deviceDetail(device), usual: '' },
  { what: 'Program', of: ({ program }) => program },
];

/** What was asked. */
export const TEST_FACTS: Fact<Report>[] = [
  {
    what: 'Test',
    of: ({ items }) => items && [items.name, items.version].filter(Boolean).join(', version '),
  },
  { what: 'Own file (SHA-256)', of: ({ items }) => items && (items.sha256 ?? 'none'), usual: 'none' },
  {
    what: 'How many',
    of: ({ items, kind }) => items && plural(items.size, kind === 'items' ? 'item' : 'statement'),
  },
  { what: 'Language', of: ({ inventory, items }) => inventory?.language ?? (items && ''), usual: '' },
  asked('Read as', ({ readouts }) => listed(readouts.map(readout => READOUT_NAMES[readout].toLowerCase()))),
  asked('Templates', own => (letters(own) ? templates(own.templates) : 'none'), 'none'),
  asked('Orders of the answers', own => (letters(own) ? orders(own.layouts) : 'none'), 'none'),
  asked('Paraphrases too', ({ paraphrases }) => yes(paraphrases)),
  asked('System prompt', ({ system }) => (system === null ? 'none' : `“${system}”`)),
  asked('Form of the prompt', ({ prompt_mode }) => PROMPTS[prompt_mode]),
  asked(
    'Wording',
    ({ frame }) => (frame ? `“${frame.choice}”` : 'that of the templates'),
    'that of the templates',
  ),
  asked('Instruction', ({ instruction }) => instruction ?? 'none', 'none'),
  asked('Pushes along directions', ({ pushes }) => (pushes === 0 ? 'none' : String(pushes)), 'none'),
  asked('Neutral prompt too', ({ gain }) => yes(gain), 'no'),
  asked('Arithmetic', ({ activations }) => (activations === 'int8' ? 'rounded' : 'exact'), 'exact'),
  asked('Factual questions', ({ gate_questions }) => String(gate_questions)),
  asked('Seed of the intervals', ({ seed }) => String(seed)),
  {
    what: 'Ended early',
    of: ({ cancelled }) => (cancelled === null ? null : yes(cancelled)),
    usual: 'no',
  },
];

/** All that may make a difference between two tests. */
export const FACTS = [...MODEL_FACTS, ...TEST_FACTS];

function size({ parameters, bytes: length, licence }: Report['model']): string | null {
  if (parameters === undefined || length === undefined) return null;
  return [`${count(parameters)} parameters`, bytes(length), licenceName(licence ?? null)].join(', ');
}
