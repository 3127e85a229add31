import { type Model, parseTexts, TraitscopeError, version } from '../lib/traitscope';
import type { DataText, DifferenceResult, ModelInfo } from '../types';
import { meter, placed } from './dials';
import type { Session } from './session';
import { Study } from './study';

/** What was read, with all that is needed to repeat it. */
export interface DataRecord {
  format: 'traitscope-difference';
  format_version: 1;
  date: string;
  program: string;
  model: ModelInfo;
  trait: string;
  layer: number;
  system: string | null;
  seed: number;
  texts: DataText[];
  result: DifferenceResult;
}

/** Texts of the user's own, read along a direction beside the model's own answers. */
export class DataStudy extends Study {
  record: DataRecord | null = null;
  #texts: string;

  constructor(trait: string, texts: string, model: Model) {
    super(trait, model);
    this.#texts = texts;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const { steer, settings } = session;
    const at = placed(steer.vectors, this.trait, steer.layerOf(this.trait));
    if (!at) throw new TraitscopeError('direction.layer', `there is no direction of ${this.trait}`);
    const texts = await parseTexts(new Blob([this.#texts]));
    const result = await model.difference({
      texts,
      meter: meter(at),
      seed: settings.seed,
      ...(settings.system === null ? {} : { system: settings.system }),
      prompt_mode: settings.prompt,
      signal,
      onProgress: ({ done, total }) => this.progress(session, done, total),
    });
    this.record = {
      format: 'traitscope-difference',
      format_version: 1,
      date: new Date().toISOString(),
      program: `traitscope ${await version()}`,
      model: model.info,
      trait: this.trait,
      layer: at.layer,
      system: settings.system,
      seed: settings.seed,
      texts,
      result,
    };
  }
}
