import { type Model, TraitscopeError, version } from '../lib/traitscope';
import type { ModelInfo, MonitoringResult, MonitoringSummary, Persona } from '../types';
import { meter, placed } from './dials';
import type { Session } from './session';
import { type Extent, Study } from './study';
import { allItems, meterItems, personasOf } from './study-items';

/** Pairs of instructions whose two sides are system prompts. */
const PAIRS: Record<Extent, number> = { quick: 2, full: 5 };

/** What was studied, with all that is needed to repeat it. */
export interface MonitorRecord {
  format: 'traitscope-monitoring';
  format_version: 1;
  date: string;
  program: string;
  model: ModelInfo;
  trait: string;
  layer: number;
  personas: Persona[];
  system: string | null;
  seed: number;
  items: { name: string; version: string; ids: string[] };
  /** How many of 1 pair of texts that the direction was not made of it tells apart; null where its texts are not known. */
  separation: number | null;
  result: MonitoringResult;
}

/** One study of a meter: whether what it reads before an answer tells the answer. */
export class MonitorStudy extends Study {
  record: MonitorRecord | null = null;
  readonly extent: Extent;

  constructor(trait: string, extent: Extent, model: Model) {
    super(trait, model);
    this.extent = extent;
  }

  /** What was found on the items of its trait. */
  get summary(): MonitoringSummary | null {
    return this.record?.result.traits[0] ?? null;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const { steer, settings } = session;
    const at = placed(steer.vectors, this.trait, steer.layerOf(this.trait));
    if (!at) throw new TraitscopeError('direction.layer', `there is no direction of ${this.trait}`);
    const bank = meterItems(await allItems(session), this.trait, this.extent);
    if (bank.items.length === 0) {
      throw new TraitscopeError('items.invalid', `there is no item that asks about ${this.trait}`);
    }
    const artefact = await steer.artefactOf(this.trait, signal);
    const extracted = artefact ? await model.extract({ artefact, signal }) : null;
    const personas = personasOf(artefact, PAIRS[this.extent]);
    const result = await model.monitoring({
      items: bank,
      meter: meter(at),
      personas,
      seed: settings.seed,
      system: settings.system,
      promptMode: settings.prompt,
      activations: settings.activations,
      ...(settings.workers === null ? {} : { workers: settings.workers }),
      signal,
      onNotice: notice => this.notice(session, notice),
      onProgress: ({ done, total }) => this.progress(session, done, total),
    });
    this.record = {
      format: 'traitscope-monitoring',
      format_version: 1,
      date: new Date().toISOString(),
      program: `traitscope ${await version()}`,
      model: model.info,
      trait: this.trait,
      layer: at.layer,
      personas,
      system: settings.system,
      seed: settings.seed,
      items: { name: bank.name, version: bank.version, ids: bank.items.map(({ id }) => id) },
      separation: extracted?.separation[at.layer] ?? null,
      result,
    };
  }
}
