import { LANGUAGES, words } from '../i18n';
import type { Activations, DeviceChoice, LabelStyle, PromptMode, Readout, StudyFile } from '../types';
import { type Dial, MOST_DOSE } from './dials';
import { LABEL_STYLES, WORDINGS, type Wording } from './forms';

/** What the user can set. All of it stands in the page's address, so that a link carries a set-up. */
export interface Settings {
  /** Catalogue id of the model; null for the catalogue's default. */
  model: string | null;
  device: DeviceChoice;
  readouts: Readout[];
  templates: Wording[];
  /** What the answers are labelled with in the letter read-out. */
  labels: LabelStyle | 'own';
  /** Orders of the options there: the two of TRAIT, or all 24. */
  orders: 'two' | 'all';
  /** Id of an inventory of statements, with its language, to be given instead of the items; null for the items. */
  inventory: string | null;
  /** Items of each trait or domain; null for all. */
  per_trait: number | null;
  /** Traits to test; null for all. */
  traits: string[] | null;
  /** Items altogether at most; null for no limit. */
  items: number | null;
  prompt: PromptMode;
  /** Factual questions asked first, in each read-out. */
  gate: number;
  /** What becomes of the items in a read-out that fails these. */
  failing: 'skip' | 'ask';
  paraphrases: boolean;
  gain: boolean;
  seed: number;
  /** What the CPU multiplies with. */
  activations: Activations;
  /** Instances of the model that share a test on the CPU; null for as many as suit the machine. */
  workers: number | null;
  system: string | null;
  /** Traits along which the model is pushed, and how hard. */
  dials: Dial[];
  /** Whether each dial pushes along what its direction has beside those before it. */
  orthogonal: boolean;
  /** The largest dose that may be set, either way; for links to a class. */
  cap: number;
  /** What the steered and the unsteered model answer. */
  question: string;
  /** Which version of these settings a shared link was made with; null for one that does not say. */
  v: 1 | null;
  /** Id of the study that is offered first; null for the first of all. */
  study: string | null;
  /** Settings of it that are asked; null for as many as it says. */
  study_size: number | null;
  /** What is found out of a push: by few items or all, of every direction, or how far texts hold together. */
  push: (typeof PUSHES)[number];
  /** The direction that this is about; null for that of the first dial. */
  push_trait: string | null;
  /** Whether a layer is chosen first. */
  sweep: boolean;
  /** The direction whose meter is studied; null for that of the first dial. */
  meter: string | null;
  /** Whether that is by few instructions or by all. */
  meter_extent: (typeof EXTENTS)[number];
  /** What is not shown; for links to a class. */
  hide: Hideable[];
  /** Large type is for a screen that many look at. */
  show: 'normal' | 'large';
  /** The language of the page; null for the first of the browser's that it speaks. */
  lang: string | null;
  /** One place at a time, or all of them below each other. */
  view: 'places' | 'all';
}

/** What a link may hide: what else can be chosen beside what the link says. */
export const HIDEABLE = ['device', 'options', 'own', 'studies', 'steer', 'monitor'] as const;
export type Hideable = (typeof HIDEABLE)[number];

/** The studies that come with the page, in the order in which they are offered. */
export const PRESETS = [
  'shaping-ladder',
  'profiles',
  'settings-grid',
  'quick',
  'trait-standard',
  'trait-reliability',
  'ipip-120',
] as const;

/** What can be found out of a push. */
export const PUSHES = ['quick', 'full', 'every', 'texts'] as const;
/** How much a study asks. */
export const EXTENTS = ['quick', 'full'] as const;

/** Dials at once. */
export const MOST_DIALS = 4;

/** What an inventory with its language is called. */
export const INVENTORY_ID = /^ipip-neo-(120|300)\.[a-z]{2}(-[a-z]{2,4})?$/;

/** What a direction is called. */
const DIRECTION = /^[\p{L}\p{N}_-]{1,60}$/u;

/** Items of each trait in the quick test. */
export const QUICK = 5;

/** One setting: how its text is checked and read, and how it is written. */
interface Rule<T> {
  standard: T;
  /** What is allowed, in words. */
  allowed(): string;
  /** The value, or undefined where the text is not allowed. */
  read(text: string): T | undefined;
  write(value: T): string;
}

const RULES: { [K in keyof Settings]: Rule<Settings[K]> } = {
  model: {
    standard: null,
    allowed: () => words.settings.allowed.model,
    read: text => (/^[\w.-]{1,100}$/.test(text) ? text : undefined),
    write: value => value ?? '',
  },
  device: oneOf(['auto', 'gpu', 'cpu'], 'auto'),
  readouts: someOf(['letters', 'continuation']),
  templates: someOf(['T1', 'T2', 'T3']),
  labels: oneOf(['own', ...LABEL_STYLES], 'own'),
  orders: oneOf(['two', 'all'], 'two'),
  inventory: {
    standard: null,
    allowed: () => words.settings.allowed.inventory,
    read: text => (INVENTORY_ID.test(text) ? text : undefined),
    write: value => value ?? '',
  },
  per_trait: {
    standard: QUICK,
    allowed: () => words.settings.allowed.wholeOr(1, 1000, 'all'),
    read: text => (text === 'all' ? null : whole(text, 1, 1000)),
    write: value => (value === null ? 'all' : String(value)),
  },
  traits: {
    standard: null,
    allowed: () => words.settings.allowed.traits,
    read: text => {
      const names = text.split(',').map(name => name.trim());
      const fine =
        names.length <= 100 && names.every(name => /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,59}$/u.test(name));
      return fine ? [...new Set(names)] : undefined;
    },
    write: value => (value ?? []).join(','),
  },
  items: {
    standard: null,
    allowed: () => words.settings.allowed.whole(1, 100_000),
    read: text => whole(text, 1, 100_000),
    write: value => String(value),
  },
  prompt: oneOf(['auto', 'chat', 'raw'], 'auto'),
  gate: {
    standard: 24,
    allowed: () => words.settings.allowed.whole(0, 24),
    read: text => whole(text, 0, 24),
    write: String,
  },
  failing: oneOf(['skip', 'ask'], 'skip'),
  paraphrases: yesNo(false),
  gain: yesNo(false),
  seed: {
    standard: 1,
    allowed: () => words.settings.allowed.whole(0, 0xffff_ffff),
    read: text => whole(text, 0, 0xffff_ffff),
    write: String,
  },
  activations: oneOf(['f32', 'int8'], 'f32'),
  workers: {
    standard: null,
    allowed: () => words.settings.allowed.wholeOr(1, 16, 'auto'),
    read: text => (text === 'auto' ? null : whole(text, 1, 16)),
    write: value => (value === null ? 'auto' : String(value)),
  },
  system: {
    standard: null,
    allowed: () => words.settings.allowed.text(2000),
    read: text => (text.length > 0 && text.length <= 2000 ? text : undefined),
    write: value => value ?? '',
  },
  dials: {
    standard: [{ trait: 'agreeableness', dose: 0.2 }],
    allowed: () => words.settings.allowed.dials(MOST_DIALS, MOST_DOSE),
    read: readDials,
    write: dials => dials.map(({ trait, dose }) => `${trait}:${dose}`).join(','),
  },
  orthogonal: yesNo(false),
  cap: {
    standard: MOST_DOSE,
    allowed: () => words.settings.allowed.number(0, MOST_DOSE),
    read: text => dose(text, 0),
    write: String,
  },
  question: {
    standard: 'A friend cancels our plans at the last minute. What should I tell them?',
    allowed: () => words.settings.allowed.text(2000),
    read: text => (text.trim().length > 0 && text.length <= 2000 ? text : undefined),
    write: value => value,
  },
  v: {
    standard: null,
    allowed: () => words.settings.allowed.version,
    read: text => (text === '1' ? 1 : undefined),
    write: value => String(value ?? ''),
  },
  study: {
    standard: null,
    allowed: () => words.settings.allowed.oneOf(PRESETS),
    read: text => PRESETS.find(id => id === text),
    write: value => value ?? '',
  },
  study_size: {
    standard: null,
    allowed: () => words.settings.allowed.whole(1, 100_000),
    read: text => whole(text, 1, 100_000),
    write: value => String(value ?? ''),
  },
  push: oneOf(PUSHES, 'quick'),
  push_trait: direction(),
  sweep: yesNo(false),
  meter: direction(),
  meter_extent: oneOf(EXTENTS, 'quick'),
  hide: {
    standard: [],
    allowed: () => words.settings.allowed.someOf(HIDEABLE),
    read: text => {
      const asked = text.split(',');
      const known = HIDEABLE.filter(part => asked.includes(part));
      return known.length === asked.length ? known : undefined;
    },
    write: value => value.join(','),
  },
  show: oneOf(['normal', 'large'], 'normal'),
  lang: {
    standard: null,
    allowed: () => words.settings.allowed.oneOf(LANGUAGES),
    read: text => LANGUAGES.find(id => id === text),
    write: value => value ?? '',
  },
  view: oneOf(['places', 'all'], 'places'),
};

function readDials(text: string): Dial[] | undefined {
  const dials: Dial[] = [];
  for (const part of text.split(',')) {
    const [, trait = '', amount = ''] = /^([^:]*):(-?[\d.]{1,6})$/.exec(part) ?? [];
    const value = dose(amount, -MOST_DOSE);
    if (!DIRECTION.test(trait) || value === undefined || dials.some(dial => dial.trait === trait))
      return undefined;
    dials.push({ trait, dose: value });
  }
  return dials.length <= MOST_DIALS ? dials : undefined;
}

function dose(text: string, low: number): number | undefined {
  const value = /^-?\d?\.?\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= MOST_DOSE ? value : undefined;
}

/** The settings of a study that is a single test. */
export function testOf(file: StudyFile): Partial<Settings> {
  const { items, inventory, templates } = file;
  return {
    readouts: file.readouts,
    templates: WORDINGS.filter(wording => templates.some(name => name.startsWith(wording))),
    labels: LABEL_STYLES.find(style => templates.some(name => name.endsWith(`-${style}`))) ?? 'own',
    orders: file.layouts === 'all' ? 'all' : 'two',
    inventory: inventory?.id ?? null,
    per_trait: (inventory ? inventory.per_domain : items?.per_trait) ?? null,
    traits: items?.traits ?? null,
    items: null,
    gate: file.gate,
    failing: file.failing,
    paraphrases: file.paraphrases,
    gain: file.gain,
    seed: file.seed,
    system: null,
  };
}

const KEYS = Object.keys(RULES) as (keyof Settings)[];

/** The settings of an empty address. */
export function standardSettings(): Settings {
  return Object.fromEntries(KEYS.map(key => [key, RULES[key].standard])) as unknown as Settings;
}

/** The settings in an address's query and hash. What is not allowed is left out and named in `refused`. */
export function readSettings(search: string, hash = ''): { settings: Settings; refused: string[] } {
  const settings = standardSettings();
  const refused: string[] = [];
  // A hash without "=" is a place in the page, and one of them is called as a setting is.
  const parts = [search.replace(/^\?/, ''), hash.includes('=') ? hash.replace(/^#/, '') : ''];
  for (const part of parts) {
    for (const [key, text] of new URLSearchParams(part)) {
      if (!isKey(key)) {
        if (part.includes('=')) refused.push(words.settings.unknown(clip(key)));
      } else if (!assign(settings, key, text)) {
        refused.push(words.settings.refused(clip(text), key, RULES[key].allowed()));
      }
    }
  }
  return { settings, refused };
}

/** The query of an address with these settings: only what differs from the standard, `""` for none. */
export function writeSettings(settings: Settings): string {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const text = written(settings, key);
    if (text !== written(standardSettings(), key)) query.set(key, text);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function assign<K extends keyof Settings>(settings: Settings, key: K, text: string): boolean {
  const value = RULES[key].read(text);
  if (value === undefined) return false;
  settings[key] = value;
  return true;
}

function written<K extends keyof Settings>(settings: Settings, key: K): string {
  return RULES[key].write(settings[key]);
}

function isKey(key: string): key is keyof Settings {
  return Object.hasOwn(RULES, key);
}

/** The name of a direction, as dials have it; null for none. */
function direction(): Rule<string | null> {
  return {
    standard: null,
    allowed: () => words.settings.allowed.direction,
    read: text => (DIRECTION.test(text) ? text : undefined),
    write: value => value ?? '',
  };
}

function oneOf<T extends string>(values: readonly T[], standard: T): Rule<T> {
  return {
    standard,
    allowed: () => words.settings.allowed.oneOf(values),
    read: text => values.find(value => value === text),
    write: value => value,
  };
}

function someOf<T extends string>(values: T[]): Rule<T[]> {
  return {
    standard: values,
    allowed: () => words.settings.allowed.someOf(values),
    read: text => {
      const asked = text.split(',');
      if (!asked.every(name => values.some(value => value === name))) return undefined;
      return values.filter(value => asked.includes(value));
    },
    write: value => value.join(','),
  };
}

function yesNo(standard: boolean): Rule<boolean> {
  return {
    standard,
    allowed: () => words.settings.allowed.yesNo,
    read: text => (text === '1' ? true : text === '0' ? false : undefined),
    write: value => (value ? '1' : '0'),
  };
}

function whole(text: string, low: number, high: number): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= low && value <= high ? value : undefined;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
