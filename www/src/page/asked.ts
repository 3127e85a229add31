import { unitsOf } from '../lib/units';
import type { ScoreRequest } from '../types';
import type { Identified } from './ids';
import { PLAN, type Step } from './journal';
import type { Kept, Whole } from './kept';
import type { Place } from './places';
import type { RecordKind } from './records';
import type { KeptModel } from './same-model';
import type { Settings } from './settings';
import type { Extent } from './study';

/** What a study is asked for, which is all that it takes to begin it again. */
export type Asked = { kind: RecordKind } & (
  | { kind: 'effect'; trait: string; extent: Extent; sweep: boolean }
  | { kind: 'specificity' }
  | { kind: 'coherence'; trait: string }
  | { kind: 'monitoring'; trait: string; extent: Extent }
  | { kind: 'difference'; trait: string; texts: string }
  | { kind: 'answers'; request: ScoreRequest; samples: number }
);

/** That of one kind. */
export type AskedFor<Kind extends RecordKind> = Extract<Asked, { kind: Kind }>;

/** A study that is kept: what it is asked for, of which model, and how the settings stood. */
export interface AskedHead extends Identified {
  model: KeptModel;
  settings: Settings;
  asked: Asked;
}

/** One that was left, with what it had done. */
export type LeftStudy = Whole<AskedHead, Step>;

/** Where studies are kept while they are under way. */
export type StudyKeeper = Kept<AskedHead, Step>;

const PLACES: Record<RecordKind, Place> = {
  effect: 'steer',
  specificity: 'steer',
  coherence: 'steer',
  monitoring: 'monitor',
  difference: 'monitor',
  answers: 'results',
};

/** Where a study is carried out and shown. */
export function placeOfKind(kind: RecordKind): Place {
  return PLACES[kind];
}

/** Whether this page knows what a kept study is asked for. */
export function readsHead({ asked }: AskedHead): boolean {
  return typeof asked === 'object' && asked !== null && Object.hasOwn(PLACES, asked.kind);
}

/** What the page has to be set to for a study to be shown in its place. */
export function shownBy(asked: Asked): Partial<Settings> {
  switch (asked.kind) {
    case 'effect':
      return { push: asked.extent };
    case 'specificity':
      return { push: 'every' };
    case 'coherence':
      return { push: 'texts' };
    default:
      return {};
  }
}

/** The trait of a record of it. */
export function traitOf(asked: Asked): string {
  if ('trait' in asked) return asked.trait;
  return asked.kind === 'answers' ? 'free answers' : 'all';
}

/** The items and statements that a study asks about; null where it is not asked part by part, or not known yet. */
export function unitsAsked({ head: { asked }, parts }: LeftStudy): number | null {
  if (asked.kind === 'answers') return unitsOf(asked.request).length;
  const plan = parts.find(one => one.step === PLAN);
  const { items } = ((plan && 'value' in plan ? plan.value : null) ?? {}) as { items?: { items: unknown[] } };
  return items?.items.length ?? null;
}
