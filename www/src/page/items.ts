import { words } from '../i18n';
import { asError, type TraitscopeError } from '../lib/traitscope';
import type { ItemBank, LikertInventory } from '../types';
import { fetchBank } from './bank';
import { fetchInventories, fetchInventory, type Inventories } from './inventories';
import { OwnFiles } from './own-files';
import { type Selection, selectItems, selectStatements } from './selection';
import type { Session } from './session';

/** What a test can have: the bundled items, an inventory of statements, or a file of the user's own. */
export class Items {
  bundled: ItemBank | null = null;
  /** The inventories that can be fetched; none until they are known. */
  inventories: Inventories[] = [];
  /** The one that the settings name, once it is fetched. */
  inventory: LikertInventory | null = null;
  readonly own: OwnFiles;
  /** Why items could not be had. */
  errors: TraitscopeError[] = [];
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.own = new OwnFiles(session);
  }

  async start(): Promise<void> {
    await Promise.all([this.#fetchItems(), this.#fetchInventories()]);
  }

  /** What a run would administer. */
  get selection(): Selection | null {
    const { settings } = this.#session;
    if (this.own.used) {
      const { instrument } = this.own.used;
      return instrument.kind === 'items'
        ? selectItems(instrument.bank, settings)
        : selectStatements(instrument.inventory, settings);
    }
    if (settings.inventory !== null) return this.inventory && selectStatements(this.inventory, settings);
    return this.bundled && selectItems(this.bundled, settings);
  }

  /** Takes the user's own file, or the bundled items; `perTrait` items of each trait, null for all. */
  choose(useOwn: boolean, perTrait: number | null): void {
    this.own.use(useOwn);
    this.errors = [];
    this.#session.settleRun();
    this.#session.set({ per_trait: perTrait, inventory: null });
  }

  /** Fetches an inventory of statements and makes it what is given; `perDomain` statements of each domain, null for all. */
  async chooseInventory(id: string, perDomain: number | null): Promise<void> {
    const session = this.#session;
    this.own.use(false);
    this.errors = [];
    this.inventory = null;
    session.settleRun();
    session.set({ inventory: id, per_trait: perDomain, traits: null, items: null });
    try {
      const inventory = await fetchInventory(id);
      // Another one may have been chosen meanwhile.
      if (session.settings.inventory === id) this.inventory = inventory;
    } catch (error) {
      if (session.settings.inventory === id) this.errors = [asError(error)];
    }
    session.changed();
  }

  async #fetchItems(): Promise<void> {
    const session = this.#session;
    try {
      this.bundled = await fetchBank();
      const { unknown, crowdedOut } = selectItems(this.bundled, session.settings);
      for (const trait of unknown) session.refuse(() => words.settings.noTrait(trait));
      for (const trait of crowdedOut) session.refuse(() => words.settings.crowdedOut(trait));
    } catch (error) {
      this.errors = [asError(error)];
    }
    session.changed();
  }

  /** The inventories that there are, and the one that the address names: the items do not wait for them. */
  async #fetchInventories(): Promise<void> {
    const { inventory, per_trait } = this.#session.settings;
    if (inventory !== null) void this.chooseInventory(inventory, per_trait);
    this.inventories = await fetchInventories();
    this.#session.changed();
  }
}
