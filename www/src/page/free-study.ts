import type { Model } from '../lib/traitscope';
import type { FreeResult, ScoreRequest } from '../types';
import type { Run } from './run';
import type { Session } from './session';
import { namedItems, type RecordHead, Study } from './study';

/** What was answered in words, with all that is needed to repeat it. */
export interface FreeRecord extends RecordHeadless {
  format: 'traitscope-free-answers';
  items: ReturnType<typeof namedItems>;
  request: Pick<ScoreRequest, 'templates' | 'layouts'> & { samples: number };
  result: FreeResult;
}

type RecordHeadless = Omit<RecordHead, 'layer'>;

/** The items of a test answered in words: how often the answer names no option. */
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
    const { items, templates, layouts, system, prompt_mode, seed, activations } = this.test.request;
    const result = await this.model.freeAnswers({
      items,
      templates,
      layouts,
      system,
      promptMode: prompt_mode,
      seed,
      activations,
      samples,
      signal,
      onProgress: ({ done, total }) => this.progress(session, done, total),
    });
    this.record = {
      format: 'traitscope-free-answers',
      ...(await this.head(session)),
      // As the test was given, which may not be how the settings stand by now.
      system,
      seed,
      items: namedItems(items),
      request: { templates, layouts, samples },
      result,
    };
  }
}
