import type { Model } from '../lib/traitscope';
import type { StudyFile, StudyResult } from '../types';
import { CoherenceStudy } from './coherence-study';
import { DataStudy } from './data-study';
import { EffectStudy } from './effect-study';
import { FreeStudy } from './free-study';
import { MonitorStudy } from './monitor-study';
import type { Run } from './run';
import { savedStudy } from './saved';
import type { Session } from './session';
import { KeptStudies, type KeptStudy, SettingsStudy } from './settings-study';
import { SpecificityStudy } from './specificity-study';
import type { Extent, Study } from './study';
import { StudyChoice } from './study-choice';
import { StudyResults } from './study-results';

/** The studies of a page: of each kind the one that was carried out last. One runs at a time. */
export class Studies {
  /** What a push does to the answers. */
  effect: EffectStudy | null = null;
  /** What the pushes of all directions do to the answers about every trait. */
  specificity: SpecificityStudy | null = null;
  /** Up to which push texts hold together. */
  coherence: CoherenceStudy | null = null;
  /** What a meter tells of the answers. */
  monitor: MonitorStudy | null = null;
  /** Texts of the user's own along a direction. */
  data: DataStudy | null = null;
  /** The items of a test answered in words. */
  free: FreeStudy | null = null;
  /** The same test under many settings. */
  settings: SettingsStudy | null = null;
  /** One of these that was left before its end. */
  readonly kept: KeptStudies;
  readonly choice: StudyChoice;
  /** What the studies of many settings came to. */
  readonly results: StudyResults;
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.kept = new KeptStudies(session);
    this.choice = new StudyChoice(session);
    this.results = new StudyResults(session);
  }

  /** The one that is under way. */
  get running(): Study | null {
    const all = [
      this.effect,
      this.specificity,
      this.coherence,
      this.monitor,
      this.data,
      this.free,
      this.settings,
    ];
    return all.find(study => study?.status === 'running') ?? null;
  }

  /** Whether one is under way that goes with the page: of those of settings each answer is kept. */
  get passing(): boolean {
    return this.running !== null && this.running !== this.settings;
  }

  /** Studies what the direction of a trait does to the answers; `sweep` chooses its layer first. */
  async startEffect(trait: string, extent: Extent, sweep: boolean): Promise<void> {
    await this.#carryOut(model => {
      this.effect = new EffectStudy(trait, extent, sweep, model);
      return this.effect;
    });
  }

  /** Studies what the directions of all traits do to the answers about every trait. */
  async startSpecificity(): Promise<void> {
    await this.#carryOut(model => {
      this.specificity = new SpecificityStudy(model);
      return this.specificity;
    });
  }

  /** Studies up to which doses along the direction of a trait texts hold together. */
  async startCoherence(trait: string): Promise<void> {
    await this.#carryOut(model => {
      this.coherence = new CoherenceStudy(trait, model);
      return this.coherence;
    });
  }

  /** Studies whether a meter on the direction of a trait tells the answers. */
  async startMonitor(trait: string, extent: Extent): Promise<void> {
    await this.#carryOut(model => {
      this.monitor = new MonitorStudy(trait, extent, model);
      return this.monitor;
    });
  }

  /** Reads texts along the direction of a trait. */
  async startData(trait: string, texts: string): Promise<void> {
    await this.#carryOut(model => {
      this.data = new DataStudy(trait, texts, model);
      return this.data;
    });
  }

  /** Has the items of a test answered in words, each question so many times. */
  async startFree(test: Run, samples: number): Promise<void> {
    await this.#carryOut(model => {
      this.free = new FreeStudy(test, samples, model);
      return this.free;
    });
  }

  /** Carries out the study that is chosen; one of a single setting is a test. */
  async startSettings(): Promise<void> {
    const { file } = this.choice;
    if (!file) return;
    await this.#settings(file, { kept: null, files: this.choice.usable });
  }

  /** Goes on with the study that was left before its end. */
  async goOn(): Promise<void> {
    const { found } = this.kept;
    if (!found || !this.kept.canGoOn(this.#session.model)) return;
    await this.#settings(found.file, { kept: found, files: [] });
  }

  async #settings(file: StudyFile, before: { kept: KeptStudy | null; files: StudyResult[] }): Promise<void> {
    await this.#carryOut(model => {
      this.kept.found = null;
      this.settings = new SettingsStudy(file, model, this.kept.keeper, before);
      return this.settings;
    });
    await this.kept.find();
    this.#session.changed();
  }

  async #carryOut(begin: (model: Model) => Study): Promise<void> {
    const { model, busy } = this.#session;
    if (!model || busy) return;
    const study = begin(model);
    this.#session.latest = 'nothing';
    this.#session.changed();
    await study.run(this.#session);
    const saved = savedStudy(study);
    if (saved) await this.#session.earlier.keep(saved);
    const nothing = study.error ? 'studyFailed' : study.stopping ? 'studyStopped' : null;
    this.#session.ended((saved ? null : nothing) ?? 'study');
  }
}
