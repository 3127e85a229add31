import { words } from '../i18n';
import type { Catalogue, Model } from '../lib/traitscope';
import { asError, fetchCatalogue, openModel, type TraitscopeError } from '../lib/traitscope';
import type { LoadProgress, SelfTest, StudyFile } from '../types';
import { Addressed } from './addressed';
import type { Latest } from './announce';
import { Awake } from './awake';
import { Drafts } from './drafts';
import { Earlier } from './earlier';
import { Items } from './items';
import { LocalModels } from './local-models';
import { PageError, retold } from './page-error';
import { Paper } from './paper';
import { Recovery } from './recovery';
import { Reports } from './reports';
import { Run } from './run';
import { savedRun } from './saved';
import { isTrusted } from './self-test';
import { type Settings, testOf } from './settings';
import { Steer } from './steer';
import { Studies } from './studies';
import { takeAlong } from './take-along';
import { Unfinished } from './unfinished';
import { Unkept } from './unkept';

/** What the loading of a model has come to. */
export type Loading = 'idle' | 'loading' | 'testing' | 'ready';

/** Milliseconds that a model which is ready waits for what comes with it; what takes longer comes later. */
const PATIENCE = 5000;

/** The page's state and what can be done with it. */
export class Session extends Addressed {
  /** What comes with a model, as it was asked for last. */
  #along: Promise<void> = Promise.resolve();
  catalogue: Catalogue | null = null;
  /** The models kept on this computer. */
  readonly local = new LocalModels(() => this.changed());
  /** A file of the user's own instead of a model from the catalogue. */
  file: File | null = null;
  loading: Loading = 'idle';
  /** Whether the test follows the loading that is under way. */
  runFollows = false;
  progress: LoadProgress | null = null;
  /** A download that was paused in this visit, and whether the test was to follow it. */
  paused: { thenRun: boolean } | null = null;
  model: Model | null = null;
  selfTest: SelfTest | null = null;
  /** When the model was ready, with all that comes with it, in milliseconds since 1970; null while there is none. */
  readySince: number | null = null;
  /** What a test has: items or statements. */
  readonly items = new Items(this);
  run: Run | null = null;
  readonly unfinished = new Unfinished(this);
  /** Texts under steering. */
  readonly steer = new Steer(this);
  readonly studies = new Studies(this);
  readonly drafts = new Drafts();
  readonly reports = new Reports(this);
  readonly paper = new Paper(this);
  /** Results that are kept when the page is closed. */
  readonly earlier = new Earlier(this);
  readonly unkept = new Unkept(this);
  readonly awake = new Awake(this);
  readonly recovery = new Recovery(this);
  /** What came to its end last, which is what there is to be told of; null for the loading of a model. */
  latest: Latest | null = null;
  modelError: TraitscopeError | null = null;
  /** Model files that came with the one that is loaded. */
  modelsLeft: TraitscopeError | null = null;
  /** What is said after the browser had stopped the page while it worked. */
  slept: TraitscopeError | null = null;
  /** Files that the link which led here does not take. */
  hidden: TraitscopeError | null = null;
  #abort: AbortController | null = null;
  #pause: AbortController | null = null;

  /** Fetches what the page needs before anything is pressed. */
  async start(): Promise<void> {
    await Promise.all([
      this.#fetchCatalogue(),
      this.items.start(),
      this.local.find(),
      this.unfinished.find(),
      this.items.own.find(),
      this.earlier.find(),
      this.studies.find(),
      this.steer.kept.find(),
    ]);
  }

  /** The catalogue's entry that the settings name. */
  get entry() {
    const id = this.settings.model ?? this.catalogue?.default;
    return this.catalogue?.models.find(model => model.id === id) ?? null;
  }

  /**
   * Loads the chosen model, or a file, and lets the device check itself; the test may follow if the check is passed.
   * Where the loading fails, a loaded model stays.
   */
  async load(file: File | null, { thenRun = false } = {}): Promise<void> {
    const source = file ?? this.entry?.id;
    if (!source || this.busy) return;
    this.runFollows = thenRun;
    const former = { model: this.model, file: this.file };
    this.file = file;
    this.readySince = null;
    const abort = this.#begin();
    // With the model, not after it.
    this.#along = takeAlong();
    try {
      this.model = await openModel(source, {
        device: this.settings.device,
        ...(former.model ? { instead: former.model } : {}),
        ...(this.catalogue ? { catalogue: this.catalogue } : {}),
        signal: abort.signal,
        ...(this.#pause ? { pause: this.#pause.signal } : {}),
        onProgress: progress => {
          if (abort.signal.aborted) return;
          this.progress = progress;
          this.changed();
        },
      });
      this.recovery.follow(this.model);
      await this.#test();
      if (this.runFollows) abort.signal.throwIfAborted();
    } catch (error) {
      // Once there is another model, the former one is gone.
      const stayed = this.model === former.model ? former.model : null;
      if (stayed) this.file = former.file;
      await this.#failed(asError(error), stayed);
    }
    const runs = this.runFollows && this.selfTest !== null && isTrusted(this.selfTest);
    this.runFollows = false;
    await Promise.all([this.local.find(), runs ? this.startRun() : this.changed()]);
  }

  /** Stops the loading, and with it the test that was to follow. */
  cancelLoad(): void {
    this.#abort?.abort(new PageError('run.cancelled', words.model.stopped));
    this.changed();
  }

  /** Stops the download that is under way and keeps what has come. */
  pauseLoad(): void {
    this.#pause?.abort();
    this.changed();
  }

  /** Goes on with the download of the chosen model, with the test to follow if it was to. */
  async resumeLoad(): Promise<void> {
    await this.load(null, { thenRun: this.paused?.thenRun ?? false });
  }

  /** Whether {@link pauseLoad} was called and the loading has not ended yet. */
  get pausing(): boolean {
    return this.loading === 'loading' && this.#pause?.signal.aborted === true;
  }

  /** Whether {@link cancelLoad} was called and the loading has not ended yet. */
  get cancelling(): boolean {
    return this.#abort?.signal.aborted === true;
  }

  /** Whether there is still something to cancel: the weights are there once the device checks itself. */
  get cancellable(): boolean {
    return this.loading === 'loading' || this.runFollows;
  }

  /** Sets the device, and moves a loaded model there; where that fails, all stays as it was. */
  async chooseDevice(device: Settings['device']): Promise<void> {
    const { model } = this;
    const before = this.settings.device;
    this.set({ device });
    if (!model || this.busy) return;
    const { kind } = model.info.device;
    const abort = this.#begin();
    try {
      await model.moveTo(device, { signal: abort.signal });
      await this.#test();
      abort.signal.throwIfAborted();
    } catch (error) {
      if (model.info.device.kind !== kind) await model.moveTo(kind).catch(() => undefined);
      this.set({ device: before });
      await this.#failed(asError(error), model);
    }
    this.changed();
  }

  /** Back to the choice of a model. */
  async unload(): Promise<void> {
    if (this.busy) return;
    this.file = null;
    await this.lose(null);
  }

  /** There is no model any more, for that reason if there is one; what was measured with it stays. */
  async lose(error: TraitscopeError | null): Promise<void> {
    await this.#close();
    this.loading = 'idle';
    this.modelError = error;
    this.changed();
  }

  /** Administers the test. */
  async startRun(): Promise<void> {
    const { selection, own } = this.items;
    if (!this.model || !selection || this.busy || selection.size === 0) return;
    const { bank, inventory } = selection;
    const bankSha256 = own.used?.sha256 ?? null;
    const test = { bank, inventory, bankSha256, settings: this.settings };
    await this.give(new Run(this.model, this.selfTest, test, this.unfinished.keeper, () => this.changed()));
  }

  /** Gives a test as a study file has it: what it says stands in the settings from then on. */
  async giveTest(file: StudyFile): Promise<void> {
    if (this.busy) return;
    this.items.choose(false, null);
    this.set(testOf(file));
    const { inventory, per_trait } = this.settings;
    if (inventory !== null) await this.items.chooseInventory(inventory, per_trait);
    await this.startRun();
  }

  /** Whether the test can be given once more to the model it was given to. */
  canRepeat(run: Run): boolean {
    return !this.busy && run.ranOn(this.model);
  }

  /** Gives the test of a run once more, with the items also where the factual questions fail. */
  async askAll(run: Run): Promise<void> {
    if (this.model && this.canRepeat(run)) await this.give(run.withFailing(this.model, this.selfTest));
  }

  /** Takes note of what came to its end: what had to wait for it can be had now. */
  ended(what: Latest): void {
    this.latest = what;
    this.#nowFree();
    this.changed();
  }

  /** Gives a test, to its end or until it is stopped. */
  async give(run: Run): Promise<void> {
    this.run = run;
    this.latest = 'run';
    this.items.errors = [];
    this.changed();
    await run.start();
    this.#nowFree();
    const saved = savedRun(run);
    if (saved) await this.earlier.keep(saved);
    await this.unfinished.ended(run);
    this.ended('run');
  }

  /** Whether there is a result of any kind, the visitor's own or from a file. */
  get hasResults(): boolean {
    const { run, reports, studies } = this;
    return run !== null || reports.held.length > 0 || studies.results.shown !== null;
  }

  /** Whether something is under way that must end first. */
  get busy(): boolean {
    return (
      this.loading === 'loading' ||
      this.loading === 'testing' ||
      this.run?.status === 'running' ||
      this.steer.writing !== null ||
      this.steer.working ||
      this.studies.running !== null
    );
  }

  #begin(): AbortController {
    this.#abort = new AbortController();
    this.#pause = new AbortController();
    this.paused = null;
    this.modelError = null;
    this.modelsLeft = null;
    this.progress = null;
    this.selfTest = null;
    this.latest = null;
    this.loading = 'loading';
    this.changed();
    return this.#abort;
  }

  /** What ended the last run may not end the next, with other items or the model loaded anew. */
  settleRun(): void {
    if (this.run && this.run.status !== 'running') this.run.errorSettled = true;
  }

  /** What a model file had to wait for is over. */
  #nowFree(): void {
    if (this.modelError?.code === 'model.busy') this.modelError = null;
  }

  async #test(): Promise<void> {
    if (!this.model) return;
    this.loading = 'testing';
    this.changed();
    const taken = this.#take(this.model);
    this.selfTest = await this.model.selfTest();
    await Promise.race([taken, new Promise(resolve => setTimeout(resolve, PATIENCE))]);
    this.loading = 'ready';
    this.#nowFree();
    this.settleRun();
  }

  /** Has there be what may be needed with a model, so that nothing has to be asked for once it is there. */
  async #take(model: Model): Promise<void> {
    await Promise.all([this.steer.take(model), this.studies.choice.start(), this.#along]);
    if (this.model !== model) return;
    this.readySince ??= Date.now();
    this.changed();
  }

  /** After a failure: back to the model that there was before, if it still works. */
  async #failed(error: TraitscopeError, former: Model | null = null): Promise<void> {
    if (this.model !== former) await this.#close();
    this.model = former;
    await this.#test().catch(() => this.#close());
    if (!this.model) this.loading = 'idle';
    if (error.code === 'run.paused') this.paused = { thenRun: this.runFollows };
    else if (error.code !== 'run.cancelled') this.modelError = this.model ? stays(error, this.model) : error;
    this.changed();
  }

  async #close(): Promise<void> {
    const model = this.model;
    this.model = null;
    this.selfTest = null;
    this.readySince = null;
    void this.steer.take(null);
    await model?.close().catch(() => undefined);
  }

  async #fetchCatalogue(): Promise<void> {
    try {
      this.catalogue = await fetchCatalogue(new URL('models/catalog.json', document.baseURI));
      const { model } = this.settings;
      if (model !== null && !this.catalogue.models.some(entry => entry.id === model)) {
        this.refuse(() => words.settings.noModel(model));
        this.settings = { ...this.settings, model: null };
      }
    } catch (error) {
      this.modelError = asError(error);
    }
    this.changed();
  }
}

/** An error that left a model as it was says so. */
function stays(error: TraitscopeError, { info }: Model): PageError {
  const where = info.device.kind === 'gpu' ? 'GPU' : 'CPU';
  return retold(error, message => words.model.stays(message, info.name, where));
}
