import {
  asError,
  type CatalogueEntry,
  fetchDirections,
  type Model,
  readDirections,
  type TraitscopeError,
  writeDirections,
} from '../lib/traitscope';
import type { ModelInfo, Notice, TraitArtefact, TraitVectors } from '../types';
import { type Dial, type Placed, placed, usualLayer } from './dials';
import { type KnownEffect, knownEffect, knownLayer, knownRange } from './known';
import { OwnDirections, type OwnHead } from './own-directions';
import { type OwnTrait, ownArtefact } from './own-trait';
import { sameModel } from './same-model';
import type { Session } from './session';
import { MOST_DIALS } from './settings';
import { oneByOne } from './several-files';
import { bundledTexts } from './trait-texts';

/** The directions of a model: those that come with it, and those that are made or opened here. */
export abstract class Directions {
  /** All of them, calibrated; empty where the model has none. */
  vectors: TraitVectors[] = [];
  fetching = false;
  /** Whether directions are being made or read. */
  working = false;
  errors: TraitscopeError[] = [];
  /** What happened on the way to the last direction, and did not keep it from being made. */
  notices: Notice[] = [];
  /** How far the making of a direction is. */
  making: { done: number; total: number } | null = null;
  /** What was made last, and how well it separates texts that it was not made of, at its layer. */
  made: { trait: string; separation: number | null } | null = null;
  /** Directions of the visitor's own, which are kept with the model that they belong to. */
  readonly kept: OwnDirections;
  protected readonly session: Session;
  protected model: Model | null = null;
  /** What the model is or was that directions and texts are of. */
  protected of: ModelInfo | null = null;
  protected abort: AbortController | null = null;
  /** Texts of directions that were made here. */
  #own = new Map<string, TraitArtefact>();
  /** Those of the catalogue, also where one of the visitor's own has the place. */
  #shipped: TraitVectors[] = [];
  /** Doses within which texts held together, by trait, as far as that was tried here. */
  #usable = new Map<string, [number, number]>();

  constructor(session: Session) {
    this.session = session;
    this.kept = new OwnDirections(session);
  }

  /** What is there beside directions is of another model. */
  protected abstract drop(): void;

  /** The name of the model that the texts are of. */
  get modelName(): string {
    return this.of?.name ?? '';
  }

  /**
   * Takes a model that was loaded; its directions come from the catalogue. What there is stays while there is no model, and where the same
   * is loaded again.
   */
  async take(model: Model | null): Promise<void> {
    if (model === this.model) return;
    this.abort?.abort();
    this.model = model;
    if (!model) return;
    const same = this.of !== null && sameModel(this.of, model.info);
    this.of = model.info;
    this.errors = [];
    if (same && this.vectors.length > 0) return;
    Object.assign(this, { vectors: [], made: null, notices: [] });
    this.#own.clear();
    this.#shipped = [];
    this.#usable.clear();
    this.drop();
    await this.#fetch(model);
    await this.#bringBack(model);
  }

  /** Has the directions that come with a model. */
  async #fetch(model: Model): Promise<void> {
    const { catalogue } = this.session;
    const entry = this.#entry;
    if (!catalogue || !entry) return;
    this.fetching = true;
    try {
      const vectors = await fetchDirections(catalogue, entry);
      if (this.model === model) {
        this.vectors = vectors;
        this.#shipped = vectors;
      }
    } catch (error) {
      this.errors = [asError(error)];
    }
    this.fetching = false;
    this.session.changed();
  }

  /** Puts in what is kept of the visitor's own directions of a model. */
  async #bringBack(model: Model): Promise<void> {
    const own = await this.kept.of(model.info);
    if (this.model !== model) return;
    // What was made or opened meanwhile is newer.
    const late = own.filter(({ vectors }) => !this.#mine(vectors.trait));
    for (const { vectors, texts } of late) if (texts) this.#own.set(vectors.trait, texts);
    this.#put(late.map(({ vectors }) => vectors));
    this.session.changed();
  }

  /** Whether a direction that is there is the visitor's own. */
  #mine(trait: string): boolean {
    return this.vectors.some(one => one.trait === trait) && !this.#isShipped(trait);
  }

  /** Whether the direction that a trait has now is that of the catalogue. */
  #isShipped(trait: string): boolean {
    return this.#shipped.some(one => one.trait === trait && this.vectors.includes(one));
  }

  /** Deletes one of the visitor's own directions; the one that came with the model is back in its place. */
  async forget(head: OwnHead): Promise<void> {
    await this.kept.delete(head);
    this.#leave([head]);
  }

  /** Has one back that was deleted. */
  async undoForget(gone: OwnDirections['deleted'][number]): Promise<void> {
    await this.kept.undo(gone);
    if (this.model && sameModel(gone.model, this.model.info)) await this.#bringBack(this.model);
  }

  /** Deletes all of them for good. */
  async forgetAll(): Promise<void> {
    const { all } = this.kept;
    await this.kept.deleteAll();
    this.#leave(all);
  }

  #leave(heads: OwnHead[]): void {
    const { of } = this;
    const gone = heads.filter(({ model }) => of && sameModel(model, of)).map(({ trait }) => trait);
    const back = this.#shipped.filter(one => gone.includes(one.trait));
    this.vectors = [...this.vectors.filter(({ trait }) => !gone.includes(trait)), ...back];
    for (const trait of gone) {
      this.#own.delete(trait);
      this.#usable.delete(trait);
      if (this.made?.trait === trait) this.made = null;
    }
    this.session.changed();
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
        onNotice: this.#notice,
        onProgress: ({ done, total }) => {
          this.making = { done, total };
          this.session.changed();
        },
      });
      this.#own.set(artefact.name, artefact);
      this.#add([vectors]);
      await this.kept.keep(model.info, [{ vectors, texts: artefact }]);
      this.made = { trait: artefact.name, separation: separation[this.layerOf(artefact.name)] ?? null };
    });
    this.making = null;
    this.session.changed();
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
    for (const one of await readDirections(file))
      calibrated.push(await model.calibrate(one, { signal, onNotice: this.#notice }));
    for (const { trait } of calibrated) this.#own.delete(trait);
    this.#add(calibrated);
    await this.kept.keep(
      model.info,
      calibrated.map(vectors => ({ vectors, texts: null })),
    );
  }

  /** One trait's directions as a control vector, or all of them; of those that are loaded, or others. */
  async file(trait?: string, of = this.vectors): Promise<{ name: string; blob: Blob } | null> {
    const vectors = of.filter(one => trait === undefined || one.trait === trait);
    const format = trait === undefined ? 'safetensors' : 'gguf';
    try {
      return { name: `${trait ?? 'directions'}.${format}`, blob: await writeDirections(vectors, format) };
    } catch (error) {
      this.errors = [asError(error)];
      this.session.changed();
      return null;
    }
  }

  #notice = (notice: Notice): void => {
    this.notices = [...this.notices, notice];
    this.session.changed();
  };

  /** Puts directions in, in the place of others of the same trait. */
  #put(vectors: TraitVectors[]): string[] {
    const names = vectors.map(({ trait }) => trait);
    for (const name of names) this.#usable.delete(name);
    this.vectors = [...this.vectors.filter(({ trait }) => !names.includes(trait)), ...vectors];
    return names;
  }

  /** Puts them in, and one of them on the last dial. */
  #add(vectors: TraitVectors[]): void {
    const names = this.#put(vectors);
    const [trait] = names;
    const dials = this.dials.filter(dial => !names.includes(dial.trait));
    if (trait === undefined) return;
    const dose = Math.min(0.1, this.session.settings.cap);
    this.session.set({ dials: [...dials.slice(0, MOST_DIALS - 1), { trait, dose }] });
  }

  /** Does something with the model that nothing else may interrupt. */
  async #atWork(
    done: 'direction' | 'directions',
    work: (model: Model, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const model = this.model;
    if (!model || this.session.busy) return;
    let ends: typeof done | 'nothing' = 'nothing';
    this.abort = new AbortController();
    this.working = true;
    this.errors = [];
    this.notices = [];
    this.session.latest = 'nothing';
    this.session.changed();
    try {
      await work(model, this.abort.signal);
      ends = this.errors.length === 0 ? done : 'nothing';
    } catch (error) {
      const fault = asError(error);
      if (fault.code !== 'run.cancelled') this.errors = [fault];
    }
    this.working = false;
    this.session.ended(ends);
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
    return knownLayer(this.#entry, trait) ?? usualLayer(this.of?.layers ?? 0);
  }

  /** Takes the doses within which texts of a model held together under the push of a trait. */
  found(model: Model, trait: string, usable: [number, number]): void {
    if (model === this.model) this.#usable.set(trait, usable);
  }

  /** The doses within which texts hold together under the push of a trait, where that is known: of the catalogue, or found here. */
  usableOf(trait: string): [number, number] | null {
    return this.cataloguedRange(trait) ?? this.#usable.get(trait) ?? null;
  }

  /** What the catalogue says of it, from more texts than a visitor has time for. */
  cataloguedRange(trait: string): [number, number] | null {
    return this.#isShipped(trait) ? knownRange(this.#entry, trait) : null;
  }

  /** What was measured of a direction that came with the model; undefined for others, null where nothing was. */
  effectOf(trait: string): KnownEffect | null | undefined {
    return this.#isShipped(trait) ? knownEffect(this.#entry, trait) : undefined;
  }

  /** What the catalogue says of the model. */
  get #entry(): CatalogueEntry | null {
    const { catalogue } = this.session;
    return catalogue?.models.find(({ sha256 }) => sha256 === this.of?.sha256) ?? null;
  }

  /** The directions of these dials. */
  directions(dials: Dial[]): Placed[] {
    return dials.flatMap(({ trait }) => placed(this.vectors, trait, this.layerOf(trait)) ?? []);
  }

  /** Dials whose traits the model has directions for, within what is allowed. */
  get dials(): Dial[] {
    const { dials, cap } = this.session.settings;
    return dials
      .filter(({ trait }) => this.traits.includes(trait))
      .map(({ trait, dose }) => ({ trait, dose: Math.max(-cap, Math.min(cap, dose)) }));
  }
}
