import { asError, type Model, orthogonal } from '../lib/traitscope';
import type { Reading } from '../types';
import { type Dial, edits, meter, type Placed, placed, pushed, without } from './dials';
import { Directions } from './directions';
import type { TwinConditions } from './twin-export';
import type { LayerMap, Written } from './written';

/** Tokens of an answer at most. */
const MOST_TOKENS = 80;

/** Two answers to one prompt: of the model as it is, and of the model with its dials turned. */
export class Steer extends Directions {
  writing: 'unsteered' | 'steered' | null = null;
  /** Whether the text is not written but read, at every layer. */
  readsLayers = false;
  unsteered: Written | null = null;
  steered: Written | null = null;
  /** The dials with which `steered` was written. */
  with: Dial[] = [];
  /** What both were written with; null for none. */
  conditions: TwinConditions | null = null;
  map: LayerMap | null = null;
  /** Whether what is being written has to be written anew. */
  #again = false;
  /** What `unsteered` is an answer to. */
  #asked = '';

  protected override drop(): void {
    Object.assign(this, { unsteered: null, steered: null, map: null, conditions: null });
    this.#asked = '';
  }

  /** What these dials push along: their directions, or what each of them has beside those before it. */
  async #along(dials: Dial[]): Promise<Placed[]> {
    const whole = this.directions(dials);
    if (!this.session.settings.orthogonal || whole.length < 2) return whole;
    const own = await orthogonal(whole.map(({ vector }) => vector));
    return whole.map((one, i) => ({ ...one, vector: own[i] ?? one.vector }));
  }

  /** Writes both answers, or the steered one alone where the other is there; anew where that is being done with other dials. */
  async write(): Promise<void> {
    if (this.writing) {
      this.#again = true;
      this.abort?.abort();
      return;
    }
    if (!this.model || this.session.busy) return;
    this.session.latest = 'nothing';
    do {
      this.#again = false;
      await this.#both();
    } while (this.#again);
    this.session.ended(this.errors.length === 0 && complete(this.steered) ? 'text' : 'nothing');
  }

  async #both(): Promise<void> {
    const { question, seed, orthogonal } = this.session.settings;
    const dials = this.dials;
    const asked = JSON.stringify([question, seed, dials.map(({ trait }) => trait)]);
    const abort = new AbortController();
    this.abort = abort;
    this.errors = [];
    this.map = null;
    this.with = dials;
    this.steered = null;
    this.conditions = this.of && {
      date: new Date().toISOString(),
      model: this.of,
      question,
      seed,
      max_tokens: MOST_TOKENS,
      orthogonal,
      dials: dials.map(dial => ({ ...dial, layer: this.layerOf(dial.trait) })),
    };
    try {
      if (this.#asked !== asked || !complete(this.unsteered)) {
        this.#asked = asked;
        await this.#answer('unsteered', [], dials, abort.signal);
      }
      if (!abort.signal.aborted) await this.#answer('steered', dials, dials, abort.signal);
    } catch (error) {
      const fault = asError(error);
      if (fault.code !== 'run.cancelled') this.errors = [fault];
    }
    this.writing = null;
    this.session.changed();
  }

  async #answer(side: 'unsteered' | 'steered', dials: Dial[], meters: Dial[], signal: AbortSignal) {
    const model = this.model as Model;
    const { question, seed } = this.session.settings;
    const directions = this.directions(meters);
    const written: Written = { tokens: [], ids: [], pieces: [], from: 0, stop: null };
    this[side] = written;
    this.writing = side;
    this.session.changed();
    const along = await this.#along(dials);
    const pushes = directions.map(one => pushed(one, dials, along));
    const z = (readings: Reading[], at: number) =>
      readings.flatMap((reading, i) => without(pushes[i] ?? 0, reading).at(at) ?? []);
    const result = await model.generate({
      // A model without a chat's form goes on from the question.
      ...(model.info.has_chat_template
        ? { messages: [{ role: 'user', content: question }] }
        : { prompt: question }),
      maxTokens: MOST_TOKENS,
      seed,
      steering: edits(dials, along),
      meters: directions.map(meter),
      signal,
      onToken: ({ id, text, readings }) => {
        if (this[side] !== written || written.stop) return;
        // What is read are the tokens before this one: of the answer, the last.
        const read = written.tokens.map((token, i, all) =>
          i === all.length - 1 ? { ...token, z: z(readings, -1) } : token,
        );
        written.tokens = id === null ? read : [...read, { text, z: [] }];
        this.session.changed();
      },
    });
    const from = result.prompt.length;
    const read = result.readings[0]?.z.length ?? 0;
    written.from = from;
    written.pieces = result.pieces;
    written.ids = [...result.prompt, ...result.tokens];
    written.tokens = result.pieces
      .slice(from)
      .map((text, i) => ({ text, z: i < read - from ? z(result.readings, from + i) : [] }));
    written.stop = result.stop;
    this.session.changed();
  }

  /** Reads a text at every layer along the direction of a trait, with the model as it is. */
  async readLayers(side: 'unsteered' | 'steered', trait: string): Promise<void> {
    const model = this.model;
    const written = this[side];
    const vectors = this.vectors.find(one => one.trait === trait);
    if (!model || !written?.stop || !vectors || this.session.busy) return;
    const layers = vectors.layers.flatMap(({ layer }) => placed(this.vectors, trait, layer) ?? []);
    const abort = new AbortController();
    this.abort = abort;
    this.writing = side;
    this.readsLayers = true;
    this.errors = [];
    this.session.latest = 'nothing';
    this.session.changed();
    try {
      const { readings, pieces } = await model.generate({
        tokens: written.ids,
        maxTokens: 0,
        signal: abort.signal,
        meters: layers.map(meter),
      });
      const z = readings.map(reading => reading.z);
      this.map = { trait, layers: layers.map(({ layer }) => layer), z, pieces, from: written.from };
    } catch (error) {
      this.errors = [asError(error)];
    }
    this.writing = null;
    this.readsLayers = false;
    this.session.ended(this.map ? 'layers' : 'nothing');
    // A dial was turned meanwhile.
    if (this.#again) await this.write();
  }

  stop(): void {
    this.#again = false;
    this.abort?.abort();
  }
}

/** Whether an answer was written to its end. */
function complete(text: Written | null): boolean {
  return text?.stop === 'end' || text?.stop === 'length';
}
