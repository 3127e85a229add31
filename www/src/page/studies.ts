import type { Model } from '../lib/traitscope';
import type { SettingAnswers, StudyFile, StudyResult } from '../types';
import { type Asked, type AskedHead, type LeftStudy, readsHead, shownBy } from './asked';
import { CoherenceStudy } from './coherence-study';
import { DataStudy } from './data-study';
import { EffectStudy } from './effect-study';
import { FreeStudy } from './free-study';
import type { Step } from './journal';
import { Kept } from './kept';
import { Left } from './left';
import { MonitorStudy } from './monitor-study';
import type { Run } from './run';
import { savedStudy } from './saved';
import type { Session } from './session';
import { type LeftSettings, type SettingsHead, SettingsStudy } from './settings-study';
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
  readonly leftSettings: Left<SettingsHead, SettingAnswers>;
  /** One of the others that was. */
  readonly left: Left<AskedHead, Step>;
  readonly choice: StudyChoice;
  /** What the studies of many settings came to. */
  readonly results: StudyResults;
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
    const unkept = (reason: unknown) => session.unkept.add(reason);
    this.leftSettings = new Left(new Kept('traitscope-studies', unkept));
    this.left = new Left(new Kept('traitscope-recorded-studies', unkept, readsHead));
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

  /** Whether one is under way that begins again where the page is left. */
  get passing(): boolean {
    return this.running?.passing ?? false;
  }

  /** Looks which were left. */
  async find(): Promise<void> {
    await Promise.all([this.leftSettings.find(), this.left.find()]);
    this.#session.changed();
  }

  /** Studies what the direction of a trait does to the answers; `sweep` chooses its layer first. */
  async startEffect(trait: string, extent: Extent, sweep: boolean): Promise<void> {
    await this.#start({ kind: 'effect', trait, extent, sweep });
  }

  /** Studies what the directions of all traits do to the answers about every trait. */
  async startSpecificity(): Promise<void> {
    await this.#start({ kind: 'specificity' });
  }

  /** Studies up to which doses along the direction of a trait texts hold together. */
  async startCoherence(trait: string): Promise<void> {
    await this.#start({ kind: 'coherence', trait });
  }

  /** Studies whether a meter on the direction of a trait tells the answers. */
  async startMonitor(trait: string, extent: Extent): Promise<void> {
    await this.#start({ kind: 'monitoring', trait, extent });
  }

  /** Reads texts along the direction of a trait. */
  async startData(trait: string, texts: string): Promise<void> {
    await this.#start({ kind: 'difference', trait, texts });
  }

  /** Has the items of a test answered in words, each question so many times. */
  async startFree(test: Run, samples: number): Promise<void> {
    await this.#start({ kind: 'answers', request: test.request, samples }, { test });
  }

  /** Goes on with the one of these that was left before its end. */
  async goOn(): Promise<void> {
    const { found } = this.left;
    if (!found || !this.left.canGoOn(this.#session.model)) return;
    const { asked } = found.head;
    this.#session.set(shownBy(asked));
    await this.#start(asked, { left: found });
  }

  async #start(asked: Asked, from: { left?: LeftStudy; test?: Run } = {}): Promise<void> {
    await this.#carryOut(model => {
      this.left.found = null;
      return this.#begin(asked, model, from);
    });
    await this.find();
  }

  #begin(
    asked: Asked,
    model: Model,
    { left = null, test = null }: { left?: LeftStudy | null; test?: Run | null },
  ): Study {
    const beginning = { keeper: this.left.keeper, settings: this.#session.settings, left };
    switch (asked.kind) {
      case 'effect':
        this.effect = new EffectStudy(asked, model, beginning);
        return this.effect;
      case 'specificity':
        this.specificity = new SpecificityStudy(asked, model, beginning);
        return this.specificity;
      case 'coherence':
        this.coherence = new CoherenceStudy(asked, model, beginning);
        return this.coherence;
      case 'monitoring':
        this.monitor = new MonitorStudy(asked, model, beginning);
        return this.monitor;
      case 'difference':
        this.data = new DataStudy(asked, model, beginning);
        return this.data;
      case 'answers':
        this.free = new FreeStudy(asked, model, beginning, test);
        return this.free;
    }
  }

  /** Carries out the study that is chosen; one of a single setting is a test. */
  async startSettings(): Promise<void> {
    const { file } = this.choice;
    if (!file) return;
    await this.#settings(file, { left: null, files: this.choice.usable });
  }

  /** Goes on with the study of settings that was left before its end. */
  async goOnSettings(): Promise<void> {
    const { found } = this.leftSettings;
    if (!found || !this.leftSettings.canGoOn(this.#session.model)) return;
    await this.#settings(found.head.file, { left: found, files: [] });
  }

  async #settings(
    file: StudyFile,
    before: { left: LeftSettings | null; files: StudyResult[] },
  ): Promise<void> {
    await this.#carryOut(model => {
      this.leftSettings.found = null;
      this.settings = new SettingsStudy(file, model, this.leftSettings.keeper, before);
      return this.settings;
    });
    await this.find();
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
