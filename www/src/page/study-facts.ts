import type { StudyFile, StudyResult } from '../types';
import { deviceDetail, type Fact, orders, templates, when, yes } from './facts';
import { listed, plural } from './format';
import { READOUT_NAMES } from './wording';

/** More levels than a line of a report has room for. */
const MANY = 12;
/** How many of them are named then. */
const NAMED = 3;

/** A fact of the study as it was planned. */
const planned = (
  what: string,
  of: (study: StudyFile) => string | null,
  usual?: string,
): Fact<StudyResult> => ({
  what,
  of: ({ study }) => of(study),
  ...(usual === undefined ? {} : { usual }),
});
/** The same where letters were asked. */
const ofLetters = (what: string, of: (study: StudyFile) => string): Fact<StudyResult> => ({
  what,
  of: ({ study, readouts }) => (readouts.includes('letters') ? of(study) : 'none'),
  usual: 'none',
});

/** Which model answered, and on what. */
export const STUDY_MODEL_FACTS: Fact<StudyResult>[] = [
  { what: 'Model', of: ({ model }) => model },
  { what: 'Model file (SHA-256)', of: ({ model_sha256 }) => model_sha256 },
  { what: 'Device', of: devices },
  { what: 'Which device', of: ({ device }) => deviceDetail(device), usual: '' },
  {
    what: 'Arithmetic',
    of: ({ activations }) => (activations === 'int8' ? 'rounded to 8 bits (int8)' : 'exact (f32)'),
  },
  { what: 'Program', of: ({ program }) => program },
  { what: 'Begun', of: result => (result.date === null ? null : when(result)) },
];

/** What was asked. */
export const STUDY_FACTS: Fact<StudyResult>[] = [
  { what: 'Items', of: ({ study, items }) => itemsLine(study, items), usual: 'none' },
  planned('Statements', statementsLine, 'none'),
  { what: 'Read as', of: readAs },
  ofLetters('Templates', own => templates(own.templates)),
  ofLetters('Orders of the answers', ({ layouts }) => (layouts === 'all' ? 'all' : orders(layouts))),
  planned('Paraphrases too', ({ paraphrases }) => yes(paraphrases)),
  planned('Neutral prompt too', ({ gain }) => yes(gain), 'no'),
  { what: 'Settings answered', of: settingsLine },
  planned('Factual questions', ({ gate }) => String(gate)),
  planned('Seed', ({ seed }) => String(seed)),
  planned('Method from', ({ source }) => source),
];

/** What was varied, a line for each factor. */
export function varied({ factors }: StudyFile): { what: string; value: string }[] {
  return factors.map(({ name, levels }) => {
    const names = levels.map(level => level.name);
    const value =
      names.length > MANY
        ? `${plural(names.length, 'level')}: ${names.slice(0, NAMED).join(', ')} … ${names.at(-1)}`
        : listed(names);
    return { what: `Varied: ${name}`, value };
  });
}

/** All combinations of levels. */
export function combinations({ factors }: StudyFile): number {
  return factors.reduce((product, { levels }) => product * levels.length, 1);
}

/** How many settings a study asks. */
export function settingsAsked(study: StudyFile): number {
  return study.settings ?? combinations(study);
}

/** Where the GPU was lost on the way, how many settings each device answered. */
function devices({ answers, device }: StudyResult): string {
  const counts = new Map<string, number>();
  for (const { device: own } of answers) {
    const name = own?.toUpperCase() ?? 'a device that is not known';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const known = answers.some(({ device: own }) => own !== null);
  if (!known) return device.kind.toUpperCase();
  const [[only] = []] = counts;
  if (counts.size === 1 && only) return only;
  return listed([...counts].map(([name, count]) => `${name} under ${plural(count, 'setting')}`));
}

function itemsLine({ items }: StudyFile, name: string): string {
  if (!items) return 'none';
  const each = items.per_trait === null ? 'all' : String(items.per_trait);
  const of = items.traits ? listed(items.traits) : 'every trait';
  return `${name}: ${each} of ${items.traits && items.traits.length > 1 ? 'each of ' : ''}${of}`;
}

function statementsLine({ inventory }: StudyFile): string {
  if (!inventory) return 'none';
  const { id, per_domain } = inventory;
  return per_domain === null ? `${id}, all of them` : `${id}: ${per_domain} of every domain`;
}

function readAs({ study, readouts }: StudyResult): string {
  const names = (all: StudyFile['readouts']) =>
    listed(all.map(readout => READOUT_NAMES[readout].toLowerCase()));
  const left = study.readouts.filter(readout => !readouts.includes(readout));
  const asked = readouts.length > 0 ? names(readouts) : 'not at all';
  return left.length === 0 ? asked : `${asked}; not as ${names(left)}, which failed the factual questions`;
}

function settingsLine({ study, summary }: StudyResult): string {
  const [asked, all] = [settingsAsked(study), combinations(study)];
  const drawn = asked < all ? `, drawn from ${all.toLocaleString('en')} by the seed` : '';
  return `${summary.settings.toLocaleString('en')} of ${asked.toLocaleString('en')}${drawn}`;
}
