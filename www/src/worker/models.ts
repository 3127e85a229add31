import type { Control, Model } from '#wasm/baseline/traitscope_web.js';
import type { CatalogueEntry } from '../lib/catalogue';
import { cancelled, isPlainError, TraitscopeError } from '../lib/errors';
import type { DeviceChoice, Golden, LoadProgress } from '../types';
import type { Acquired } from './acquire';
import type { Opened } from './protocol';
import { core } from './wasm';

/** A checked model file, and what the catalogue says of it. */
export interface ModelFile {
  acquired: Acquired;
  name: string;
  entry: CatalogueEntry | undefined;
}

/** A model in memory and the file it came from. */
interface Held {
  model: Model;
  file: ModelFile;
}

/** How a model is opened. */
export interface Opening {
  device: DeviceChoice;
  control: Control;
  onProgress: (progress: LoadProgress) => void;
}

/** By number; for a model that another is to replace, a promise of what becomes of it. */
const models = new Map<number, Held | Promise<Held | null>>();
let nextModel = 1;

/** The model of that number. */
export async function held(id: number): Promise<Held> {
  const found = await models.get(id);
  if (!found) throw new TraitscopeError('model.closed', 'this model has been closed; open it again');
  return found;
}

/** Opens a model file. */
export async function open(file: ModelFile, opening: Opening): Promise<Opened> {
  return hold(await load(file, opening), file);
}

/**
 * Opens a model file in the place of a loaded model. Header and device are tried with that model still there, which
 * then gives its memory to the weights; where they fail to come, it is opened again where it was, under its old number.
 * A model that only moves keeps its number, and calls made meanwhile wait for it.
 */
export async function replace(former: number, file: ModelFile, opening: Opening): Promise<Opened> {
  const old = await held(former);
  const { kind } = old.model.info().device;
  let freed = false;
  const makeRoom = () => {
    if (!freed) old.model.free();
    freed = true;
  };
  const attempt = () =>
    load(file, {
      ...opening,
      onProgress: progress => {
        // The core's first news is that weights have come.
        makeRoom();
        opening.onProgress(progress);
      },
    });
  const replacing = attempt().catch(error => {
    // Perhaps there is room for one of them.
    if (freed || !isPlainError(error) || error.code !== 'device.memory') throw error;
    makeRoom();
    return attempt();
  });
  const moves = old.file === file;
  models.set(
    former,
    replacing.then(
      model => (moves ? { model, file } : null),
      () => (freed ? again(old.file, kind) : old),
    ),
  );
  const model = await replacing;
  if (moves) return hold(model, file, former);
  models.delete(former);
  release(old.file.acquired);
  return hold(model, file);
}

/** Gives a model's memory and file back. */
export async function close(id: number): Promise<void> {
  const found = await models.get(id);
  models.delete(id);
  if (!found) return;
  found.model.free();
  release(found.file.acquired);
}

/** Lets go of a file. */
export function release({ bytes }: Acquired): void {
  if (!(bytes instanceof Blob)) bytes.close();
}

/** A model that was freed in vain; null where it cannot be had again. */
async function again(file: ModelFile, device: DeviceChoice): Promise<Held | null> {
  try {
    const control = { cancelled: false };
    return { model: await load(file, { device, control, onProgress: () => undefined }), file };
  } catch {
    release(file.acquired);
    return null;
  }
}

async function load({ acquired, name, entry }: ModelFile, opening: Opening): Promise<Model> {
  const { Model, Source } = await core();
  const { bytes, sha256 } = acquired;
  const { device, control, onProgress } = opening;
  const source = bytes instanceof Blob ? Source.fromBlob(bytes) : Source.fromHandle(bytes);
  // Whether these are golden numbers is the core's to say.
  const golden = (entry?.golden ?? null) as Golden | null;
  const model = await Model.open(source, { device, name, sha256, golden }, onProgress, control);
  if (control.cancelled) {
    model.free();
    throw cancelled();
  }
  return model;
}

function hold(model: Model, file: ModelFile, id = nextModel++): Opened {
  models.set(id, { model, file });
  const { bytes, fromStorage, notices } = file.acquired;
  const blob = bytes instanceof Blob && !fromStorage ? bytes : null;
  return { model: id, info: model.info(), from_storage: fromStorage, blob, notices };
}
