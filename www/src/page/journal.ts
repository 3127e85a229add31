import type { Parted, StudyPart } from '../lib/traitscope';

/** Something that a study has done: a step that is of one piece, or a part of one that is not. */
export type Step = { step: string } & ({ value: unknown } | { part: StudyPart<unknown> });

/** What a study takes before it asks anything: its items, directions and texts. */
export const PLAN = 'plan';
/** What it asks. */
export const ANSWERS = 'answers';

/** What a study has done so far, step by step: what is there from an earlier visit is not done again. */
export class Journal {
  steps: Step[];
  readonly #add: (step: Step) => void;

  constructor(former: Step[], add: (step: Step) => void) {
    this.steps = former;
    this.#add = add;
  }

  /** Whether there is anything that took the model's time. */
  get begun(): boolean {
    return this.steps.some(({ step }) => step !== PLAN);
  }

  /** A step that is of one piece: what it came to. */
  async once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const former = this.steps.find(one => one.step === name && 'value' in one);
    if (former && 'value' in former) return former.value as T;
    const value = await work();
    this.#note({ step: name, value });
    return value;
  }

  /** How a step goes on that is asked part by part. */
  parted<T>(name: string): Parted<T> {
    return {
      former: partsOf(this.steps, name) as StudyPart<T>[],
      onPart: part => this.#note({ step: name, part }),
    };
  }

  #note(step: Step): void {
    this.steps = [...this.steps, step];
    this.#add(step);
  }
}

function partsOf(steps: Step[], name: string): StudyPart<unknown>[] {
  return steps.flatMap(one => (one.step === name && 'part' in one ? one.part : []));
}

/** The items and statements that are answered of a step. */
export function unitsDone(steps: Step[], name = ANSWERS): number {
  const parts = new Map(partsOf(steps, name).map(({ index, units }) => [index, units]));
  return [...parts.values()].reduce((sum, units) => sum + units, 0);
}
