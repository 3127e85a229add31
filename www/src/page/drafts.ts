import type { OwnTrait } from './own-trait';

/** What the visitor has typed into forms that are gone while there is no model, or while it moves to another device. */
export class Drafts {
  /** A trait to make a direction of. */
  trait: OwnTrait = { name: '', description: '', high: '', low: '' };
  /** Texts to be read along a direction. */
  texts = '';
}
