import type { Model } from '../lib/traitscope';
import { unitsOf } from '../lib/units';
import type { FreeResult, ScoreRequest } from '../types';
import type { Run } from './run';
import type { Session } from './session';
import { namedItems, type RecordHead, Study } from './study';

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
export class FreeStudy extends Study {
  record: FreeRecord | null = null;
  /** The test whose items they are. */
  readonly test: Run;
  readonly samples: number;

  constructor(test: Run, samples: number, model: Model) {
    super('free answers', model);
    this.test = test;
    this.samples = samples;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { samples } = this;
    const { items, inventory, system, prompt_mode, seed, ...rest } = this.test.request;
    const { templates, layouts, frame, instruction, activations } = rest;
    const result = await this.measured(
      this.model.freeAnswers({
        ...this.giving(session, signal),
        // As the test was given, which may not be how the settings stand by now.
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
        onProgress: ({ done, total }) => this.progress(session, done, total),
      }),
    );
    this.record = {
      format: 'traitscope-free-answers',
      ...(await this.head(session)),
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
