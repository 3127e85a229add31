import type { PromptMode, Template } from '../types';
import { bytes, count, listed, plural } from './format';
import type { Asked, Report } from './report';
import { licenceName, READOUT_NAMES } from './wording';

/** A thing that is known of a test and may make a difference between two. */
export interface Fact {
  what: string;
  /** Null where it is not known. */
  of: (report: Report) => string | null;
  /** The usual value, which goes without saying in a report. */
  usual?: string;
}

const PROMPTS: Record<PromptMode, string> = {
  auto: 'as a conversation if the model can',
  chat: 'as a conversation',
  raw: 'as bare text',
};

/** A fact of how it was asked. */
const asked = (what: string, of: (asked: Asked) => string, usual?: string): Fact => ({
  what,
  of: report => report.asked && of(report.asked),
  ...(usual === undefined ? {} : { usual }),
});
const yes = (value: boolean) => (value ? 'yes' : 'no');
const letters = ({ readouts }: Asked) => readouts.includes('letters');

/** Of which model. */
export const MODEL_FACTS: Fact[] = [
  { what: 'Model', of: ({ model }) => model.name },
  { what: 'Size', of: ({ model }) => size(model) },
  { what: 'Quantisation', of: ({ model }) => model.quantisation ?? null },
  { what: 'Model file (SHA-256)', of: ({ model }) => model.sha256 },
  { what: 'Device', of: ({ device }) => device.kind.toUpperCase() },
  { what: 'Which device', of: ({ device }) => deviceDetail(device), usual: '' },
  { what: 'Program', of: ({ program }) => program },
];

/** What was asked. */
export const TEST_FACTS: Fact[] = [
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

/** What is known of a report and worth a line. */
export function known(facts: Fact[], report: Report): { what: string; value: string }[] {
  return facts.flatMap(({ what, of, usual }) => {
    const value = of(report);
    return value === null || value === usual ? [] : [{ what, value }];
  });
}

/** In what tests differ as far as it is known, with the value of each. */
export function differing(reports: Report[]): { what: string; values: string[] }[] {
  return [...MODEL_FACTS, ...TEST_FACTS].flatMap(({ what, of }) => {
    const values = reports.map(of);
    const different = new Set(values.filter(value => value !== null)).size > 1;
    return different ? [{ what, values: values.map(value => value ?? 'not known') }] : [];
  });
}

/** When a test began, for people. */
export function when({ date }: Report): string {
  if (date === null) return 'date not known';
  return new Date(date).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}

function size({ parameters, bytes: length, licence }: Report['model']): string | null {
  if (parameters === undefined || length === undefined) return null;
  return [`${count(parameters)} parameters`, bytes(length), licenceName(licence ?? null)].join(', ');
}

/** The CPU has no name of its own here. */
function deviceDetail({ adapter, backend }: Report['device']): string | null {
  if (adapter === undefined || backend === undefined) return null;
  return [adapter, backend].filter(text => text !== '' && text !== 'CPU').join(', ');
}

function templates(names: Template[]): string {
  return names.length === 0 ? 'none' : listed(names);
}

function orders(layouts: string[]): string {
  return layouts.length > 4 ? `all ${layouts.length}` : listed(layouts);
}
