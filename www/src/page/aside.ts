import type { ModelInfo, TraitArtefact, TraitVectors } from '../types';
import { sameModel } from './same-model';

/** Directions of a visitor's own, with the texts that they were made of, as far as these are known. */
export interface OwnDirections {
  /** The model that they were made with or opened for. */
  of: ModelInfo;
  vectors: TraitVectors[];
  texts: Map<string, TraitArtefact>;
}

/** Directions of a visitor's own that wait for their model while another is loaded, until the page is left. */
export class Aside {
  all: OwnDirections[] = [];

  put(own: OwnDirections): void {
    if (own.vectors.length > 0) this.all = [...this.all.filter(({ of }) => !sameModel(of, own.of)), own];
  }

  /** Those of a model, which wait no longer. */
  take(model: ModelInfo): OwnDirections | null {
    const found = this.all.find(({ of }) => sameModel(of, model)) ?? null;
    this.all = this.all.filter(own => own !== found);
    return found;
  }
}
