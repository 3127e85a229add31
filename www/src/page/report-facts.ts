import { type Words, words } from '../i18n/all';
import { deviceDetail, type Fact, orders, templates, yes } from './facts';
import { bytes, count, listed } from './format';
import type { Asked, Report } from './report';
import { licenceName, READOUTS_WITHIN } from './wording';

/** A fact of a test. The language may change while the page is open, so its words are looked up when they are read. */
const fact = (
  what: keyof Words['facts']['what'],
  of: (report: Report) => string | null,
  usual?: () => string,
): Fact<Report> => ({
  get what() {
    return words.facts.what[what];
  },
  of,
  get usual() {
    return usual?.();
  },
});

/** A fact of how it was asked. */
const asked = (
  what: keyof Words['facts']['what'],
  of: (asked: Asked) => string,
  usual?: () => string,
): Fact<Report> => fact(what, report => report.asked && of(report.asked), usual);

const letters = ({ readouts }: Asked) => readouts.includes('letters');
const none = () => words.facts.none;

/** Of which model. */
export const MODEL_FACTS: Fact<Report>[] = [
  fact('model', ({ model }) => model.name),
  fact('size', ({ model }) => size(model)),
  fact('quantisation', ({ model }) => model.quantisation ?? null),
  fact('file', ({ model }) => model.sha256),
  fact('device', ({ device }) => device.kind.toUpperCase()),
  fact(
    'adapter',
    ({ device }) => deviceDetail(device),
    () => '',
  ),
  fact('program', ({ program }) => program),
];

/** What was asked. */
export const TEST_FACTS: Fact<Report>[] = [
  fact(
    'test',
    ({ items }) =>
      items &&
      (items.name && items.version
        ? words.facts.version(items.name, items.version)
        : items.name || items.version),
  ),
  fact('ownFile', ({ items }) => items && (items.sha256 ?? none()), none),
  fact('count', ({ items, kind }) => items && words.facts[kind](items.size)),
  fact(
    'language',
    ({ inventory, items }) => inventory?.language ?? (items && ''),
    () => '',
  ),
  asked('readouts', ({ readouts }) => listed(readouts.map(readout => READOUTS_WITHIN[readout]))),
  asked('templates', own => (letters(own) ? templates(own.templates) : none()), none),
  asked('orders', own => (letters(own) ? orders(own.layouts) : none()), none),
  asked('paraphrases', ({ paraphrases }) => yes(paraphrases)),
  asked('system', ({ system }) => (system === null ? words.facts.noSystem : words.facts.quoted(system))),
  asked('prompt', ({ prompt_mode }) => words.facts.prompts[prompt_mode]),
  asked(
    'wording',
    ({ frame }) => (frame ? words.facts.quoted(frame.choice) : words.facts.ownWording),
    () => words.facts.ownWording,
  ),
  asked('instruction', ({ instruction }) => instruction ?? none(), none),
  asked('pushes', ({ pushes }) => (pushes === 0 ? none() : String(pushes)), none),
  asked(
    'gain',
    ({ gain }) => yes(gain),
    () => yes(false),
  ),
  asked(
    'arithmetic',
    ({ activations }) => (activations === 'int8' ? words.facts.rounded : words.facts.exact),
    () => words.facts.exact,
  ),
  asked('gate', ({ gate_questions }) => String(gate_questions)),
  asked('seed', ({ seed }) => String(seed)),
  fact(
    'ended',
    ({ cancelled }) => (cancelled === null ? null : yes(cancelled)),
    () => yes(false),
  ),
];

/** All that may make a difference between two tests. */
export const FACTS = [...MODEL_FACTS, ...TEST_FACTS];

function size({ parameters, bytes: length, licence }: Report['model']): string | null {
  if (parameters === undefined || length === undefined) return null;
  return [words.facts.parameters(count(parameters)), bytes(length), licenceName(licence ?? null)].join(', ');
}
