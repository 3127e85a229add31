import type { ModelInfo } from '../types';

/** What tells a model from others: its hash, or where there is none its name and size. */
export type KeptModel = Pick<ModelInfo, 'name' | 'sha256' | 'bytes'>;

/** Only that of what is known of a model, as it is kept. */
export function identityOf({ name, sha256, bytes }: KeptModel): KeptModel {
  return { name, sha256, bytes };
}

/** Whether two are the same model. */
export function sameModel(one: KeptModel, other: KeptModel): boolean {
  if (one.sha256 !== null || other.sha256 !== null) return one.sha256 === other.sha256;
  return one.name === other.name && one.bytes === other.bytes;
}
