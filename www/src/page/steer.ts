import {
  asError,
  type CatalogueEntry,
  fetchDirections,
  type Model,
  orthogonal,
  readDirections,
  type TraitscopeError,
  writeDirections,
} from '../lib/traitscope';
import type { ModelInfo, Reading, TraitArtefact, TraitVectors } from '../types';
import { type Dial, edits, meter, type Placed, placed, pushed, usualLayer, without } from './dials';
import { isOf } from './kept-runs';
import { type KnownEffect, knownEffect, knownLayer, knownRange } from './known';
import { type OwnTrait, ownArtefact } from './own-trait';
import type { Session } from './session';
import { MOST_DIALS } from './settings';
import { oneByOne } from './several-files';
import { bundledTexts } from './trait-texts';
import type { TwinConditions } from './twin-export';
import type { LayerMap, Written } from './written';

/** Tokens of an answer at most. */
const MOST_TOKENS = 80;

/** Two answers to one prompt: of the model as it is, and of the model with its dials turned. */
export class Steer {
  /** The model's directions, calibrated; empty where it has none. */
  vectors: TraitVectors[] = [];
  fetching = false;
  /** Whether directions are being made or read. */
  working = false;
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
  errors: TraitscopeError[] = [];
  /** How far the making of a direction is. */
  making: { done: number; total: number } | null = null;
  /** What was made last, and how well it separates texts that it was not made of, at its layer. */
  made: { trait: string; separation: number | null } | null = null;
  #session: Session;
  #model: Model | null = null;
  /** What the model is or was that directions and texts are of. */
  #of: ModelInfo | null = null;
  #abort: AbortController | null = null;
  /** Whether what is being written has to be written anew. */
  #again = false;
  /** Texts of directions that were made here. */
  #own = new Map<string, TraitArtefact>();
  /** Traits whose directions are those of the catalogue. */
  #shipped = new Set<string>();
  /** Doses within which texts held together, by trait, as far as that was tried here. */
  #usable = new Map<string, [number, number]>();
  /** What `unsteered` is an answer to. */
  #asked = '';

  constructor(session: Session) {
    this.#session = session;
  }

  /** The name of the model that the texts are of. */
  get modelName(): string {
    return this.#of?.name ?? '';
  }

  /**
   * Takes a model that was loaded; its directions come from the catalogue. What there is stays while there is no model, and where the same
   * is loaded again.
   */
  async take(model: Model | null): Promise<void> {
    if (model === this.#model) return;
    this.#abort?.abort();
    this.#model = model;
    if (!model) return;
    const same = this.#of !== null && isOf({ model: this.#of }, model.info);
    this.#of = model.info;
    this.errors = [];
    if (same && this.vectors.length > 0) return;
    Object.assign(this, { vectors: [], unsteered: null, steered: null, map: null, made: null });
    this.#own.clear();
    this.#shipped.clear();
    this.#usable.clear();
    this.#asked = '';
    const { catalogue } = this.#session;
    const entry = catalogue?.models.find(({ sha256 }) => sha256 === model.info.sha256);
    if (!catalogue || !entry) return;
    this.fetching = true;
    try {
      const vectors = await fetchDirections(catalogue, entry);
      if (this.#model === model) {
        this.vectors = vectors;
        this.#shipped = new Set(this.traits);
      }
    } catch (error) {
      this.errors = [asError(error)];
    }
    this.fetching = false;
    this.#session.changed();
  }

  /** Makes the direction of a trait of the user's own. */
  async make(own: OwnTrait): Promise<void> {
    const artefact = ownArtefact(own);
    this.made = null;
    await this.#atWork('direction', async (model, signal) => {
      this.making = { done: 0, total: 0 };
      const { vectors, separation } = await model.extract({
        artefact,
        signal,
        onProgress: ({ done, total }) => {
          this.making = { done, total };
          this.#session.changed();
        },
      });
      this.#own.set(artefact.name, artefact);
      this.#add([vectors]);
      this.made = { trait: artefact.name, separation: separation[this.layerOf(artefact.name)] ?? null };
    });
    this.making = null;
    this.#session.changed();
  }

  /** Reads files of directions, and what neutral text is like along them where a file does not say. */
  async open(files: File[]): Promise<void> {
    this.made = null;
    await this.#atWork('directions', async (model, signal) => {
      const refused = await oneByOne(files, files.length > 1, file => this.#open(file, model, signal));
      signal.throwIfAborted();
      this.errors = refused;
    });
  }

  async #open(file: File, model: Model, signal: AbortSignal): Promise<void> {
    const calibrated: TraitVectors[] = [];
    for (const one of await readDirections(file)) calibrated.push(await model.calibrate(one, { signal }));
    for (const { trait } of calibrated) this.#own.delete(trait);
    this.#add(calibrated);
  }

  /** One trait's directions as a control vector, or all of them. */
  async file(trait?: string): Promise<{ name: string; blob: Blob } | null> {
    const vectors = this.vectors.filter(one => trait === undefined || one.trait === trait);
    const format = trait === undefined ? 'safetensors' : 'gguf';
    try {
      return { name: `${trait ?? 'directions'}.${format}`, blob: await writeDirections(vectors, format) };
    } catch (error) {
      this.errors = [asError(error)];
      this.#session.changed();
      return null;
    }
  }

  /** Puts directions in, in the place of others of the same trait, and on the last dial. */
  #add(vectors: TraitVectors[]): void {
    const names = vectors.map(({ trait }) => trait);
    for (const name of names) {
      this.#shipped.delete(name);
      this.#usable.delete(name);
    }
    this.vectors = [...this.vectors.filter(({ trait }) => !names.includes(trait)), ...vectors];
    const [trait] = names;
    const dials = this.dials.filter(dial => !names.includes(dial.trait));
    if (trait === undefined) return;
    const dose = Math.min(0.1, this.#session.settings.cap);
    this.#session.set({ dials: [...dials.slice(0, MOST_DIALS - 1), { trait, dose }] });
  }

  /** Does something with the model that nothing else may interrupt. */
  async #atWork(
    done: 'direction' | 'directions',
    work: (model: Model, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const model = this.#model;
    if (!model || this.#session.busy) return;
    let ends: typeof done | 'nothing' = 'nothing';
    this.#abort = new AbortController();
    this.working = true;
    this.errors = [];
    this.#session.latest = 'nothing';
    this.#session.changed();
    try {
      await work(model, this.#abort.signal);
      ends = this.errors.length === 0 ? done : 'nothing';
    } catch (error) {
      const fault = asError(error);
      if (fault.code !== 'run.cancelled') this.errors = [fault];
    }
    this.working = false;
    this.#session.ended(ends);
  }

  /** The texts of which a trait's direction is made, where they are known. */
  async artefactOf(trait: string, signal: AbortSignal): Promise<TraitArtefact | null> {
    const own = this.#own.get(trait);
    if (own) return own;
    try {
      return await bundledTexts(trait, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return null;
    }
  }

  get traits(): string[] {
    return this.vectors.map(({ trait }) => trait);
  }

  /** The layer at which a trait's direction is used: that of the catalogue, else the usual one. */
  layerOf(trait: string): number {
    return knownLayer(this.#entry, trait) ?? usualLayer(this.#of?.layers ?? 0);
  }

  /** Takes the doses within which texts of a model held together under the push of a trait. */
  found(model: Model, trait: string, usable: [number, number]): void {
    if (model === this.#model) this.#usable.set(trait, usable);
  }

  /** The doses within which texts hold together under the push of a trait, where that is known: of the catalogue, or found here. */
  usableOf(trait: string): [number, number] | null {
    return this.cataloguedRange(trait) ?? this.#usable.get(trait) ?? null;
  }

  /** What the catalogue says of it, from more texts than a visitor has time for. */
  cataloguedRange(trait: string): [number, number] | null {
    return this.#shipped.has(trait) ? knownRange(this.#entry, trait) : null;
  }

  /** What was measured of a direction that came with the model; undefined for others, null where nothing was. */
  effectOf(trait: string): KnownEffect | null | undefined {
    return this.#shipped.has(trait) ? knownEffect(this.#entry, trait) : undefined;
  }

  /** What the catalogue says of the model. */
  get #entry(): CatalogueEntry | null {
    const { catalogue } = this.#session;
    return catalogue?.models.find(({ sha256 }) => sha256 === this.#of?.sha256) ?? null;
  }

  /** The directions of these dials. */
  directions(dials: Dial[]): Placed[] {
    return dials.flatMap(({ trait }) => placed(this.vectors, trait, this.layerOf(trait)) ?? []);
  }

  /** What these dials push along: their directions, or what each of them has beside those before it. */
  async #along(dials: Dial[]): Promise<Placed[]> {
    const whole = this.directions(dials);
    if (!this.#session.settings.orthogonal || whole.length < 2) return whole;
    const own = await orthogonal(whole.map(({ vector }) => vector));
    return whole.map((one, i) => ({ ...one, vector: own[i] ?? one.vector }));
  }

  /** Dials whose traits the model has directions for, within what is allowed. */
  get dials(): Dial[] {
    const { dials, cap } = this.#session.settings;
    return dials
      .filter(({ trait }) => this.traits.includes(trait))
      .map(({ trait, dose }) => ({ trait, dose: Math.max(-cap, Math.min(cap, dose)) }));
  }

  /** Writes both answers, or the steered one alone where the other is there; anew where that is being done with other dials. */
  async write(): Promise<void> {
    if (this.writing) {
      this.#again = true;
      this.#abort?.abort();
      return;
    }
    if (!this.#model || this.#session.busy) return;
    this.#session.latest = 'nothing';
    do {
      this.#again = false;
      await this.#both();
    } while (this.#again);
    this.#session.ended(this.errors.length === 0 && complete(this.steered) ? 'text' : 'nothing');
  }

  async #both(): Promise<void> {
    const { question, seed, orthogonal } = this.#session.settings;
    const dials = this.dials;
    const asked = JSON.stringify([question, seed, dials.map(({ trait }) => trait)]);
    const abort = new AbortController();
    this.#abort = abort;
    this.errors = [];
    this.map = null;
    this.with = dials;
    this.steered = null;
    this.conditions = this.#of && {
      date: new Date().toISOString(),
      model: this.#of,
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
    this.#session.changed();
  }

  async #answer(side: 'unsteered' | 'steered', dials: Dial[], meters: Dial[], signal: AbortSignal) {
    const model = this.#model as Model;
    const { question, seed } = this.#session.settings;
    const directions = this.directions(meters);
    const written: Written = { tokens: [], ids: [], pieces: [], from: 0, stop: null };
    this[side] = written;
    this.writing = side;
    this.#session.changed();
    const along = await this.#along(dials);
    const pushes = directions.map(one => pushed(one, dials, along));
    const z = (readings: Reading[], at: number) =>
      readings.flatMap((reading, i) => without(pushes[i] ?? 0, reading).at(at) ?? []);
    const result = await model.generate({
      messages: [{ role: 'user', content: question }],
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
        this.#session.changed();
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
    this.#session.changed();
  }

  /** Reads a text at every layer along the direction of a trait, with the model as it is. */
  async readLayers(side: 'unsteered' | 'steered', trait: string): Promise<void> {
    const model = this.#model;
    const written = this[side];
    const vectors = this.vectors.find(one => one.trait === trait);
    if (!model || !written?.stop || !vectors || this.#session.busy) return;
    const layers = vectors.layers.flatMap(({ layer }) => placed(this.vectors, trait, layer) ?? []);
    const abort = new AbortController();
    this.#abort = abort;
    this.writing = side;
    this.readsLayers = true;
    this.errors = [];
    this.#session.latest = 'nothing';
    this.#session.changed();
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
    this.#session.ended(this.map ? 'layers' : 'nothing');
    // A dial was turned meanwhile.
    if (this.#again) await this.write();
  }

  stop(): void {
    this.#again = false;
    this.#abort?.abort();
  }
}

/** Whether an answer was written to its end. */
function complete(text: Written | null): boolean {
  return text?.stop === 'end' || text?.stop === 'length';
}
