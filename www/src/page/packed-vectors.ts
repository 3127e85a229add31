import type { LayerVector, ModelInfo, TraitVectors } from '../types';

/** Directions as they are kept: the core has numbers of 32 bits, which take a quarter of what they take as texts, and lose nothing. */
export interface PackedVectors extends Omit<TraitVectors, 'layers'> {
  layers: (Omit<LayerVector, 'vector'> & { vector: Float32Array })[];
}

export function packed(vectors: TraitVectors): PackedVectors {
  const layers = vectors.layers.map(layer => ({ ...layer, vector: Float32Array.from(layer.vector) }));
  return { ...vectors, layers };
}

/** The same as they were; null where it is none, or does not fit the model. */
export function unpacked(kept: PackedVectors, model: Pick<ModelInfo, 'layers'> | null): TraitVectors | null {
  if (typeof kept?.trait !== 'string' || !Array.isArray(kept.layers) || kept.layers.length === 0) return null;
  const fits = ({ layer, vector }: PackedVectors['layers'][number]) =>
    Number.isInteger(layer) &&
    (!model || layer <= model.layers) &&
    vector instanceof Float32Array &&
    vector.length > 0;
  if (!kept.layers.every(layer => layer && fits(layer))) return null;
  return { ...kept, layers: kept.layers.map(layer => ({ ...layer, vector: Array.from(layer.vector) })) };
}
