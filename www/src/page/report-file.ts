import { words } from '../i18n';
import { gate as judge } from '../lib/traitscope';
import { type Row, rowKey } from '../lib/units';
import type { GateAnswer, Observation, OptionScore, Rating, ScoreRequest } from '../types';
import {
  date,
  finite,
  flag,
  list,
  Malformed,
  nullable,
  oneOf,
  optional,
  own,
  type Reader,
  record,
  share,
  text,
  whole,
} from './checks';
import { FORMAT, FORMAT_VERSION } from './export';
import { PageError } from './page-error';
import type { Report } from './report';
import { figures, unlike } from './report-figures';
import { summaryOf } from './summary';

/** Saved tests that come back as files. What a file says of its figures is not believed: they are computed again. */

/** No test of this page is nearly as large. */
export const MOST_BYTES = 64 << 20;
const MOST_ROWS = 200_000;
/** Of a template, an order, a name of a trait. */
const SHORT = 200;
/** Of a system prompt or a frame. */
const LONG = 100_000;

const template: Reader<ScoreRequest['templates'][number]> = (value, at) =>
  text(SHORT)(value, at) as ScoreRequest['templates'][number];
const readout = oneOf('letters', 'continuation');
const option = record<OptionScore>({
  key: text(SHORT),
  logprob: finite,
  tokens: whole(1),
  neutral_logprob: nullable(finite),
});
const KEYS = ['high1', 'high2', 'low1', 'low2'];

/** What the rows of both kinds have. */
const row = {
  item: text(),
  readout,
  template: nullable(text(SHORT)),
  layout: nullable(text(SHORT)),
  option_mass: nullable(share),
  refused: flag,
};

export const readObservation: Reader<Observation> = (value, at) => {
  const found = record<Observation>({
    ...row,
    trait: text(),
    options: list(option, KEYS.length, KEYS.length),
    p_high: share,
    d: finite,
    win: nullable(flag),
    p_high_gain: nullable(share),
    d_gain: nullable(finite),
    paraphrased: flag,
  })(value, at);
  for (const [i, { key }] of found.options.entries()) oneOf(KEYS[i] ?? '')(key, `${at}.options[${i}].key`);
  return found;
};

export const readRating: Reader<Rating> = record<Rating>({
  ...row,
  domain: text(),
  facet: nullable(text()),
  keyed: oneOf('plus', 'minus'),
  options: list(option, 50, 2),
  value: finite,
  choice: whole(1, 50),
  plain: nullable(finite),
});

const answer = record<GateAnswer>({
  item: text(),
  readout,
  rotation: nullable(whole(0, 3)),
  chosen: whole(0, 3),
  right: flag,
  p_right: share,
  labels: nullable((value, at) => list(finite, 4, 4)(value, at) as [number, number, number, number]),
});

/** What a saved test holds, as far as it is used here. Fields that early files do not have yet may be missing. */
const document = record({
  date,
  program: text(SHORT),
  model: record({
    name: text(),
    sha256: nullable(text(64)),
    quantisation: text(SHORT),
    parameters: whole(),
    bytes: whole(),
    licence: nullable(text()),
  }),
  device: record({ kind: oneOf('gpu', 'cpu'), adapter: text(), backend: text() }),
  request: record({
    readouts: list(readout, 2, 1),
    templates: list(template, 100),
    layouts: list(text(SHORT), 24),
    frame: optional(nullable(record({ choice: text(LONG), open: nullable(text(LONG)) })), null),
    instruction: optional(nullable(text(LONG)), null),
    system: nullable(text(LONG)),
    prompt_mode: oneOf('auto', 'chat', 'raw'),
    gate_questions: whole(0, 1e6),
    gain: flag,
    paraphrases: flag,
    steering: optional(
      list(() => null, 1000),
      [],
    ),
    seed: whole(),
  }),
  items: record({
    name: text(),
    version: text(),
    licence: text(),
    sha256: nullable(text(64)),
    ids: list(text(), MOST_ROWS),
  }),
  inventory: optional(nullable(record({ language: text(SHORT), scale: list(text(), 50, 2) })), null),
  cancelled: flag,
  activations: optional(oneOf('f32', 'int8'), 'f32'),
  rounding: optional(
    nullable(record({ answers: whole(), changed: whole(), mean: share, largest: share })),
    null,
  ),
  observations: list(readObservation, MOST_ROWS),
  ratings: optional(list(readRating, MOST_ROWS), []),
  facts: optional(list(readRating, MOST_ROWS), []),
  gate_answers: list(answer, MOST_ROWS),
});

/** A saved test, as it came. */
type SavedTest = ReturnType<typeof document>;

/** What a JSON text says of its format; null for a text that says nothing of the kind. */
export function formatIn(value: unknown): string | null {
  const format = own(value, 'format');
  return typeof format === 'string' ? format : null;
}

/** Reads a saved test from its JSON, and refuses what is none. */
export function readTest(value: unknown): SavedTest {
  const format = formatIn(value);
  if (format !== FORMAT) {
    const { noFormat, otherFormat } = words.opening;
    throw new PageError('report.format', format === null ? noFormat : otherFormat(format.slice(0, 60)));
  }
  const version = own(value, 'format_version');
  if (version !== FORMAT_VERSION) {
    throw new PageError(
      'report.version',
      words.opening.version(FORMAT_VERSION, String(version).slice(0, 20)),
    );
  }
  return checked(() => {
    const test = document(value, '');
    once([...test.observations, ...test.ratings]);
    once(test.facts);
    return test;
  });
}

/** The report of a saved test, with its figures computed again. */
export async function reportOfTest(id: string, file: string, value: unknown): Promise<Report> {
  const { facts, gate_answers, request, items, activations, ...test } = readTest(value);
  const { observations, ratings, inventory } = test;
  const { steering, ...asked } = request;
  const gate = inventory ? [] : await judge(gate_answers, request.gate_questions);
  const summary = await summaryOf(
    { observations, ratings, facts },
    gate,
    // What people score is not in the file.
    inventory && { norms: [] },
    request,
  );
  const { ids, ...bank } = items;
  const [said, computed] = [figures(own(value, 'summary')), figures(summary)];
  return {
    id,
    file,
    ...test,
    kind: inventory ? 'statements' : 'items',
    items: { ...bank, size: ids.length },
    asked: { ...asked, activations, pushes: steering.length },
    summary,
    get remarks() {
      const differs = unlike(said, computed);
      return differs === null ? [] : [differs];
    },
  };
}

/** A row that stands twice would count twice. */
export function once(rows: Row[]): void {
  const seen = new Set<string>();
  for (const one of rows) {
    const key = rowKey(one);
    if (seen.has(key)) throw new Malformed(words.opening.twice(one.item.slice(0, 60)));
    seen.add(key);
  }
}

/** What a reader finds wrong, as an error of this page. */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new PageError('report.invalid', words.opening.unusable(error.message));
  }
}
