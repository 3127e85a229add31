import { speak } from '../i18n';
import { PLACES, type Place, placeIn, strangeHash } from './places';
import { type Hideable, readSettings, type Settings, writeSettings } from './settings';

/** What the address of the page says: the settings, and which place is shown. Tells its listeners with a `change` event. */
export class Addressed extends EventTarget {
  settings: Settings;
  /** The place that is shown. */
  place: Place;
  /** The address that the page was opened with. */
  readonly #address = { search: location.search, hash: location.hash };
  /** What of the address turned out later to be of no use, and why. */
  readonly #refused: (() => string)[] = [];

  constructor() {
    super();
    const { search, hash } = this.#address;
    this.settings = readSettings(search, hash).settings;
    const named = placeIn(hash);
    this.place = named && this.places.includes(named) ? named : 'model';
  }

  /** What of the address was not used, and why. */
  get refused(): string[] {
    const { search, hash } = this.#address;
    const strange = strangeHash(hash);
    const { refused } = readSettings(search, hash);
    return [...refused, ...(strange ? [strange] : []), ...this.#refused.map(say => say())];
  }

  /** Takes note of something in the address that is of no use; `say` tells it in the language of the page. */
  refuse(say: () => string): void {
    this.#refused.push(say);
  }

  /** Whether the link that led here hides something. */
  hides(part: Hideable): boolean {
    return this.settings.hide.includes(part);
  }

  /** The places that there are. */
  get places(): Place[] {
    return PLACES.filter(place => !this.settings.hide.some(part => part === place));
  }

  /** Goes to a place, which has an address of its own; where all places are shown there is nowhere to go. */
  go(place: Place): void {
    if (this.settings.view === 'places') location.hash = place;
  }

  /** Has the page speak a language. */
  async speak(lang: string): Promise<void> {
    await speak(lang);
    this.set({ lang });
  }

  /** Changes settings, in the address too. */
  set(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change };
    const place = placeIn(location.hash) ? location.hash : '';
    history.replaceState(null, '', `${location.pathname}${writeSettings(this.settings)}${place}`);
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
