import { listed, plural } from '../../page/format';

/** What is known of a study, line by line, and its report. */
export const studyFacts = {
  names: {
    model: 'Model',
    file: 'Model file (SHA-256)',
    device: 'Device',
    which: 'Which device',
    arithmetic: 'Arithmetic',
    program: 'Program',
    begun: 'Begun',
    items: 'Items',
    statements: 'Statements',
    readAs: 'Read as',
    templates: 'Templates',
    orders: 'Orders of the answers',
    paraphrases: 'Paraphrases too',
    gain: 'Neutral prompt too',
    settings: 'Settings answered',
    gate: 'Factual questions',
    seed: 'Seed',
    source: 'Method from',
  },
  arithmetic: { f32: 'exact (f32)', int8: 'rounded to 8 bits (int8)' },
  none: 'none',
  allOrders: 'all',
  varied: (factor: string) => `Varied: ${factor}`,
  levels: (count: number, first: string[], last: string) =>
    `${plural(count, 'level')}: ${first.join(', ')} … ${last}`,
  unknownDevice: 'a device that is not known',
  under: (device: string, settings: number) => `${device} under ${plural(settings, 'setting')}`,
  /** `each` of a trait, null for all; `traits`, null for every one. */
  items: (bank: string, each: number | null, traits: string[] | null) => {
    const of = traits ? listed(traits) : 'every trait';
    return `${bank}: ${each ?? 'all'} of ${traits && traits.length > 1 ? 'each of ' : ''}${of}`;
  },
  statements: (inventory: string, each: number | null) =>
    each === null ? `${inventory}, all of them` : `${inventory}: ${each} of every domain`,
  readAs: (readouts: string[]) => (readouts.length > 0 ? listed(readouts) : 'not at all'),
  readAsBut: (readouts: string[], left: string[]) =>
    `${readouts.length > 0 ? listed(readouts) : 'not at all'}; not as ${listed(left)}, which failed the factual questions`,
  settings: (answered: string, asked: string) => `${answered} of ${asked}`,
  settingsDrawn: (answered: string, asked: string, all: string) =>
    `${answered} of ${asked}, drawn from ${all} by the seed`,

  report: {
    heading: (study: string, model: string) => `${study}: study of ${model}`,
    model: 'The model',
    asked: 'What was asked',
    gate: 'Can its answers be read?',
    noGate: 'No factual question was answered, so nothing shows that they can.',
    answers: 'How it answers under the settings',
    nothing: 'Nothing was asked: no way of reading the answers passes the factual questions.',
    limits: 'These are answers of one model to a questionnaire, under settings that somebody chose.',
  },
};
