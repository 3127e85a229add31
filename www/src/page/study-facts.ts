import { language, type Words, words } from '../i18n/all';
import type { StudyFile, StudyResult } from '../types';
import { bundledText } from './bundled';
import { deviceDetail, type Fact, orders, templates, when, yes } from './facts';
import { listed } from './format';
import { combinations } from './study-choice';
import { READOUTS_WITHIN, traitLabel } from './wording';

/** More levels than a line of a report has room for. */
const MANY = 12;
/** How many of them are named then. */
const NAMED = 3;

/** A fact, whose name and usual value are in the language that the page speaks when they are read. */
function fact(
  name: keyof Words['studyFacts']['names'],
  of: (result: StudyResult) => string | null,
  usual?: () => string,
): Fact<StudyResult> {
  const named = {
    get what() {
      return words.studyFacts.names[name];
    },
    of,
  };
  if (!usual) return named;
  return Object.defineProperty(named, 'usual', { get: usual });
}
const none = () => words.studyFacts.none;
/** A fact where letters were asked. */
const ofLetters = (name: keyof Words['studyFacts']['names'], of: (study: StudyFile) => string) =>
  fact(name, ({ study, readouts }) => (readouts.includes('letters') ? of(study) : none()), none);

/** Which model answered, and on what. */
export const STUDY_MODEL_FACTS: Fact<StudyResult>[] = [
  fact('model', ({ model }) => model),
  fact('file', ({ model_sha256 }) => model_sha256),
  fact('device', devices),
  fact(
    'which',
    ({ device }) => deviceDetail(device),
    () => '',
  ),
  fact(
    'arithmetic',
    ({ activations }) => words.studyFacts.arithmetic[activations === 'int8' ? 'int8' : 'f32'],
  ),
  fact('program', ({ program }) => program),
  fact('begun', result => (result.date === null ? null : when(result))),
];

/** What was asked. */
export const STUDY_FACTS: Fact<StudyResult>[] = [
  fact('items', ({ study, items }) => itemsLine(study, items), none),
  fact('statements', ({ study }) => statementsLine(study), none),
  fact('readAs', readAs),
  ofLetters('templates', own => (own.templates.length === 0 ? none() : templates(own.templates))),
  ofLetters('orders', ({ layouts }) => (layouts === 'all' ? words.studyFacts.allOrders : orders(layouts))),
  fact('paraphrases', ({ study }) => yes(study.paraphrases)),
  fact(
    'gain',
    ({ study }) => yes(study.gain),
    () => yes(false),
  ),
  fact('settings', settingsLine),
  fact('gate', ({ study }) => String(study.gate)),
  fact('seed', ({ study }) => String(study.seed)),
  fact('source', ({ study }) => study.source),
];

/** What was varied, a line for each factor. */
export function varied({ factors }: StudyFile): { what: string; value: string }[] {
  const { studyFacts } = words;
  return factors.map(({ name, levels }) => {
    const names = levels.map(level => bundledText(level.name));
    const value =
      names.length > MANY
        ? studyFacts.levels(names.length, names.slice(0, NAMED), names.at(-1) ?? '')
        : listed(names);
    return { what: studyFacts.varied(bundledText(name)), value };
  });
}

/** How many settings a study asks. */
export function settingsAsked(study: StudyFile): number {
  return study.settings ?? combinations(study);
}

/** Where the GPU was lost on the way, how many settings each device answered. */
function devices({ answers, device }: StudyResult): string {
  const counts = new Map<string, number>();
  for (const { device: own } of answers) {
    const name = own?.toUpperCase() ?? words.studyFacts.unknownDevice;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const known = answers.some(({ device: own }) => own !== null);
  if (!known) return device.kind.toUpperCase();
  const [[only] = []] = counts;
  if (counts.size === 1 && only) return only;
  return listed([...counts].map(([name, count]) => words.studyFacts.under(name, count)));
}

function itemsLine({ items }: StudyFile, name: string): string {
  if (!items) return none();
  return words.studyFacts.items(name, items.per_trait, items.traits?.map(traitLabel) ?? null);
}

function statementsLine({ inventory }: StudyFile): string {
  return inventory ? words.studyFacts.statements(inventory.id, inventory.per_domain) : none();
}

function readAs({ study, readouts }: StudyResult): string {
  const { studyFacts } = words;
  const asked = readouts.map(readout => READOUTS_WITHIN[readout]);
  const left = study.readouts
    .filter(readout => !readouts.includes(readout))
    .map(readout => READOUTS_WITHIN[readout]);
  return left.length === 0 ? studyFacts.readAs(asked) : studyFacts.readAsBut(asked, left);
}

function settingsLine({ study, summary }: StudyResult): string {
  const [asked, all] = [settingsAsked(study), combinations(study)];
  const told = (count: number) => count.toLocaleString(language);
  const { studyFacts } = words;
  return asked < all
    ? studyFacts.settingsDrawn(told(summary.settings), told(asked), told(all))
    : studyFacts.settings(told(summary.settings), told(asked));
}
