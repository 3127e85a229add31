import type { RunRecord } from '../src/page/export';
import type {
  GateResult,
  ItemBank,
  LikertInventory,
  Observation,
  Rating,
  Score,
  ScoreRequest,
} from '../src/types';

/** A bank with `each` items of every trait. */
export function bank(traits: string[], each: number): ItemBank {
  const items = traits.flatMap(trait =>
    Array.from({ length: each }, (_, index) => ({
      id: `${trait}-${index + 1}`,
      personality: trait,
      setting: null,
      situation: 'It rains.',
      query: 'What now?',
      paraphrased_situation: null,
      paraphrased_query: null,
      response_high1: 'a',
      response_high2: 'b',
      response_low1: 'c',
      response_low2: 'd',
    })),
  );
  return { name: 'test', version: '1', licence: 'CC0-1.0', items };
}

/** An inventory of so many statements on a scale of three. */
export function inventory(size: number): LikertInventory {
  const items = Array.from({ length: size }, (_, i) => ({
    id: `s${i + 1}`,
    text: 'Talk',
    domain: i % 2 === 0 ? 'Extraversion' : 'Openness',
    facet: null,
    keyed: 'plus' as const,
  }));
  const words = { name: 'ratings', version: '1', licence: 'CC0-1.0', language: 'en', stem: 'I {}' };
  return { ...words, scale: ['no', 'maybe', 'yes'], items, norms: [] };
}

export function rating(item: string, change: Partial<Rating> = {}): Rating {
  return {
    item,
    domain: 'Extraversion',
    facet: null,
    keyed: 'plus',
    readout: 'continuation',
    template: null,
    layout: null,
    options: ['1', '2', '3'].map((key, i) => ({ key, logprob: -3 - i, tokens: 1, neutral_logprob: -4 })),
    option_mass: null,
    value: 1.4,
    choice: 1,
    plain: 1.4,
    refused: false,
    ...change,
  };
}

export function request(items: ItemBank, change: Partial<ScoreRequest> = {}): ScoreRequest {
  return {
    items,
    inventory: null,
    readouts: ['letters', 'continuation'],
    templates: ['T1', 'T2'],
    layouts: ['forward', 'reversed'],
    frame: null,
    instruction: null,
    system: null,
    prompt_mode: 'auto',
    gate_questions: 24,
    gate_range: null,
    gain: false,
    paraphrases: false,
    activations: 'f32',
    steering: [],
    seed: 1,
    ...change,
  };
}

export function observation(item: string, change: Partial<Observation> = {}): Observation {
  return {
    item,
    trait: 'Openness',
    readout: 'continuation',
    template: null,
    layout: null,
    options: (['high1', 'high2', 'low1', 'low2'] as const).map((key, index) => ({
      key,
      logprob: -10.5 - index,
      tokens: 7,
      neutral_logprob: null,
    })),
    option_mass: null,
    p_high: 0.8,
    d: 0.3,
    refused: false,
    win: true,
    p_high_gain: null,
    d_gain: null,
    paraphrased: false,
    ...change,
  };
}

/** Every observation of one item under a request. */
export function observations(item: string, { readouts, templates, layouts }: ScoreRequest): Observation[] {
  return readouts.flatMap(readout =>
    readout === 'continuation'
      ? [observation(item)]
      : templates.flatMap(template =>
          layouts.map(layout => observation(item, { readout, template, layout, option_mass: 0.5 })),
        ),
  );
}

export function gate(readout: GateResult['readout'], right: number): GateResult {
  const passes = right > 12;
  return {
    readout,
    items: 24,
    questions: 24,
    asked: 24,
    right,
    rate: right / 24,
    low: right / 40,
    high: 0.9,
    chance: 0.25,
    p_right: right / 24,
    letters: null,
    passes,
  };
}

/** Figures of a trait, in the middle of everything where nothing else is said. */
export function score(trait: string, figures: Partial<Score> = {}): Score {
  return {
    trait,
    readout: 'continuation',
    items: 10,
    left_out: 0,
    answers: 10,
    score: 50,
    low: 20,
    high: 80,
    expected: 50,
    expected_low: 20,
    expected_high: 80,
    d: 0,
    d_low: -1,
    d_high: 1,
    expected_gain: null,
    d_gain: null,
    refusals: 0,
    option_mass: null,
    ...figures,
  };
}

/** A finished test with these rows. */
export function record(
  request: ScoreRequest,
  rows: Partial<Pick<RunRecord['result'], 'observations' | 'ratings' | 'facts' | 'gate_answers'>>,
): RunRecord {
  const device = { kind: 'cpu' as const, adapter: '', backend: 'wasm', limits: {}, notice: null };
  const { name, version, licence } = request.items;
  return {
    date: '2026-01-02T03:04:05.000Z',
    program: '0.1.0',
    model: {
      name: 'Some model/../x',
      sha256: 'ab'.repeat(32),
      architecture: 'llama',
      quantisation: 'Q4_1',
      parameters: 1,
      bytes: 2,
      layers: 3,
      width: 4,
      heads: 5,
      kv_heads: 6,
      vocabulary: 7,
      context: 8,
      licence: null,
      has_chat_template: true,
      device,
    },
    device,
    self_test: null,
    request,
    bank: { name, version, licence },
    bank_sha256: null,
    notices: [],
    resumed: 0,
    result: {
      observations: [],
      ratings: [],
      facts: [],
      gate_answers: [],
      ...rows,
      summary: {
        scores: [],
        letters: null,
        gate: [gate('continuation', 21)],
        offered: 'continuation',
        likert: null,
        missing: [],
        templates: [],
        priors: [],
        corrected: [],
        sensitivities: [],
        agreement: [],
        seed: request.seed,
        resamples: 2000,
      },
      cancelled: false,
      activations: 'f32',
      rounding: null,
      skipped: [],
      milliseconds: 12.7,
      program: '0.1.0',
    },
  };
}
