import {
  asError,
  type KeptInstrument,
  keepInstrument,
  keptInstruments,
  openInstrument,
  parseInstrument,
  removeInstrument,
  sha256,
  TraitscopeError,
} from '../lib/traitscope';
import type { Instrument } from '../types';
import { kindOf, notRead } from './files';
import { isReport } from './report-open';
import type { Session } from './session';

/** An item file that was read. */
export interface OwnFile {
  name: string;
  instrument: Instrument;
  sha256: string;
  file: File;
}

/** Item files of the user's own: the one that was read last, and those that are kept in this browser. */
export class OwnFiles {
  file: OwnFile | null = null;
  kept: KeptInstrument[] = [];
  /** Why the file could not be kept. */
  keepError: TraitscopeError | null = null;
  #used = false;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The file whose items the test has; null where it has others. */
  get used(): OwnFile | null {
    return this.#used ? this.file : null;
  }

  use(used: boolean): void {
    this.#used = used;
  }

  /** What of the file that was read last is kept. */
  get keptFile(): KeptInstrument | null {
    return this.kept.find(({ sha256 }) => sha256 === this.file?.sha256) ?? null;
  }

  /** Reads an item file; a saved test among them is taken to where those belong. */
  async open(file: File): Promise<void> {
    const session = this.#session;
    if (await isReport(file)) return session.reports.open(file);
    session.itemsError = null;
    this.keepError = null;
    try {
      if (kindOf(file.name) !== 'items') throw new TraitscopeError('items.kind', notRead(file.name));
      const [instrument, hash] = await Promise.all([parseInstrument(file), sha256(file)]);
      this.file = { name: file.name, instrument, sha256: hash, file };
      this.#used = true;
      session.settleRun();
      // An own file is there to be run whole.
      session.set({ per_trait: null, traits: null, items: null });
    } catch (error) {
      session.itemsError = asError(error);
    }
    session.changed();
  }

  /** Lists what is kept. */
  async find(): Promise<void> {
    this.kept = await keptInstruments().catch(() => []);
    this.#session.changed();
  }

  /** Keeps the file that was read last, or does so no longer. */
  async keep(keep: boolean): Promise<void> {
    this.keepError = null;
    const { file, keptFile } = this;
    try {
      if (keep && file) await keepInstrument(file.file);
      else if (keptFile) await removeInstrument(keptFile);
    } catch (error) {
      this.keepError = asError(error);
    }
    await this.find();
  }

  /** Reads a kept file again. */
  async choose(kept: KeptInstrument): Promise<void> {
    try {
      await this.open(await openInstrument(kept));
    } catch (error) {
      this.#session.itemsError = asError(error);
      await this.find();
    }
  }

  async remove(kept: KeptInstrument): Promise<void> {
    await removeInstrument(kept).catch(() => undefined);
    await this.find();
  }
}
