import type { Model } from '../lib/traitscope';
import type { SettingAnswers, StudyFile, StudyResult } from '../types';
import { type Asked, type AskedHead, type LeftStudy, readsHead, shownBy } from './asked';
import type { CoherenceStudy } from './coherence-study';
import type { DataStudy } from './data-study';
import type { EffectStudy } from './effect-study';
import type { FreeStudy } from './free-study';
import type { Step } from './journal';
import { Kept } from './kept';
import { Left } from './left';
import type { MonitorStudy } from './monitor-study';
import type { Run } from './run';
import type { Session } from './session';
import { type LeftSettings, type SettingsHead, SettingsStudy } from './settings-study';
import type { SpecificityStudy } from './specificity-study';
import type { Study } from './study';
import { StudyChoice } from './study-choice';
import type { MakeStudy } from './study-kinds';
import { StudyResults } from './study-results';

/** What a study is begun from: one that was left, a test of this page. */
interface From {
  left?: LeftStudy;
  test?: Run;
}

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

  /** Carries out a study. What makes it comes with the places that begin studies, so that nobody waits for that before. */
  async start(make: MakeStudy, asked: Asked, from: From = {}): Promise<void> {
    await this.#carryOut(model => {
      this.left.found = null;
      const beginning = {
        keeper: this.left.keeper,
        settings: this.#session.settings,
        left: from.left ?? null,
      };
      return make(this, asked, model, beginning, from.test ?? null);
    });
    await this.find();
  }

  /** Goes on with the one that was left before its end. */
  async goOn(make: MakeStudy): Promise<void> {
    const { found } = this.left;
    if (!found || !this.left.canGoOn(this.#session.model)) return;
    const { asked } = found.head;
    this.#session.set(shownBy(asked));
    await this.start(make, asked, { left: found });
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
    const { saved } = study;
    if (saved) await this.#session.earlier.keep(saved);
    const nothing = study.error ? 'studyFailed' : study.stopping ? 'studyStopped' : null;
    this.#session.ended((saved ? null : nothing) ?? 'study');
  }
}
