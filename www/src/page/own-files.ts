import { words } from '../i18n';
import {
  asError,
  type KeptInstrument,
  keepInstrument,
  keptInstruments,
  openInstrument,
  parseInstrument,
  removeInstrument,
  sha256,
  type TraitscopeError,
} from '../lib/traitscope';
import type { Instrument } from '../types';
import { kindOf, notRead } from './files';
import { PageError } from './page-error';
import type { Session } from './session';
import { leftOut, oneByOne } from './several-files';

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

  /** Reads item files until one can be used: a test has the items of one file. */
  async open(files: File[], named = files.length > 1): Promise<void> {
    const session = this.#session;
    session.items.errors = [];
    this.keepError = null;
    let taken = false;
    const left: File[] = [];
    const refused = await oneByOne(files, named, async file => {
      if (kindOf(file.name) !== 'items') throw new PageError('items.kind', notRead(file.name));
      if (taken) {
        left.push(file);
        return;
      }
      await this.#read(file);
      taken = true;
    });
    const others = leftOut(left, words.files.oneFileOfItems);
    session.items.errors = others ? [...refused, others] : refused;
    session.changed();
  }

  async #read(file: File): Promise<void> {
    const [instrument, hash] = await Promise.all([parseInstrument(file), sha256(file)]);
    this.file = { name: file.name, instrument, sha256: hash, file };
    this.#used = true;
    this.#session.settleRun();
    // An own file is there to be run whole.
    this.#session.set({ per_trait: null, traits: null, items: null });
  }

  /** Lists what is kept; nothing where the link that led here leaves out files of one's own. */
  async find(): Promise<void> {
    this.kept = this.#session.hides('own') ? [] : await keptInstruments().catch(() => []);
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
      await this.open([await openInstrument(kept)]);
    } catch (error) {
      this.#session.items.errors = [asError(error)];
      await this.find();
    }
  }

  async remove(kept: KeptInstrument): Promise<void> {
    await removeInstrument(kept).catch(() => undefined);
    await this.find();
  }
}
