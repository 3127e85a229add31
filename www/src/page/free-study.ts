import type { FreeRows, Model } from '../lib/traitscope';
import { unitsOf } from '../lib/units';
import type { FreeResult, ScoreRequest } from '../types';
import type { AskedFor } from './asked';
import { ANSWERS } from './journal';
import { type Beginning, RecordedStudy, type RecordHead } from './recorded-study';
import type { Run } from './run';
import type { Session } from './session';
import { namedItems } from './study';

/** What was answered in words, with all that is needed to repeat it. */
export interface FreeRecord extends RecordHeadless {
  format: 'traitscope-free-answers';
  items: ReturnType<typeof namedItems>;
  /** The inventory whose statements were asked; null without one. */
  inventory: { name: string; version: string; language: string; statements: number } | null;
  request: Pick<ScoreRequest, 'templates' | 'layouts' | 'frame' | 'instruction'> & { samples: number };
  result: FreeResult;
}

type RecordHeadless = Omit<RecordHead, 'layer'>;

/** How many answers a test comes to, with so many to each question. */
export function freeAnswersOf(request: ScoreRequest, samples: number): number {
  return unitsOf(request).length * request.templates.length * request.layouts.length * samples;
}

/** The items or statements of a test answered in words: how often the answer names no option. */
export class FreeStudy extends RecordedStudy<null> {
  record: FreeRecord | null = null;
  /** The test as it was given, which may not be how the settings stand by now. */
  readonly request: ScoreRequest;
  readonly samples: number;
  /** That test, where it is on this page. */
  readonly test: Run | null;

  constructor(asked: AskedFor<'answers'>, model: Model, beginning: Beginning, test: Run | null) {
    super(asked, model, beginning);
    this.request = asked.request;
    this.samples = asked.samples;
    this.test = test;
  }

  protected override async plan(): Promise<null> {
    return null;
  }

  protected override async ask(_: null, session: Session, signal: AbortSignal): Promise<void> {
    const { samples } = this;
    const { items, inventory, system, prompt_mode, seed, ...rest } = this.request;
    const { templates, layouts, frame, instruction, activations } = rest;
    const result = await this.measured(
      this.model.freeAnswers({
        ...this.giving(session, signal),
        items,
        ...(inventory === null ? {} : { inventory }),
        templates,
        layouts,
        frame,
        instruction,
        system,
        promptMode: prompt_mode,
        seed,
        activations,
        samples,
        ...this.journal.parted<FreeRows>(ANSWERS),
        onProgress: ({ done, total }) => this.progress(session, done, total),
      }),
    );
    this.record = {
      format: 'traitscope-free-answers',
      ...(await this.head()),
      system,
      seed,
      items: namedItems(items),
      inventory: inventory && {
        name: inventory.name,
        version: inventory.version,
        language: inventory.language,
        statements: inventory.items.length,
      },
      request: { templates, layouts, frame, instruction, samples },
      result,
    };
  }
}
