import { css, html, nothing } from 'lit';
import { words } from '../../i18n';
import type { CatalogueEntry } from '../../lib/traitscope';
import { type GpuFacts, gigabytes, gpuFacts } from '../device-facts';
import { type Fit, fitOf } from '../fit';
import { share } from '../format';
import { SessionElement, shared } from './base';
import { cardStyles, foreignHost, measured, modelCard } from './model-card';
import './own-model';

/** The models of the catalogue, one of them chosen, and what can be done with that one. */
export class ModelChoiceElement extends SessionElement {
  static override properties = { ...SessionElement.properties, gpu: { state: true } };
  /** Undefined until it was measured. */
  declare gpu: GpuFacts | undefined;

  static override styles = [
    shared,
    cardStyles,
    css`
      fieldset {
        border: none;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
        gap: 0.75rem;
      }
      .actions {
        margin-block: 1rem 0.5rem;
        min-block-size: 2.75rem;
      }
      ts-own-model {
        margin-block-start: 1rem;
      }
      .paused {
        display: grid;
        gap: 0.4rem;
        margin-block-end: 0.75rem;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void gpuFacts().then(gpu => {
      this.gpu = gpu;
    });
  }

  override render() {
    const { entry, catalogue, modelError } = this.session;
    if (!entry || !catalogue) {
      return modelError
        ? this.#own(true)
        : html`<p class="soft">${words.model.fetchingList}</p>${this.#own(false)}`;
    }
    const several = catalogue.models.length > 1;
    const card = (model: CatalogueEntry) =>
      modelCard({
        entry: model,
        fit: this.#fit(model),
        here: this.session.local.has(model),
        chosen: model.id === entry.id,
        choose: several ? () => this.#choose(model) : null,
      });
    // What is not fetched from others comes first.
    const near = catalogue.models.filter(
      model => foreignHost(model) === null || this.session.local.has(model),
    );
    const [first, more] =
      near.length === 0
        ? [catalogue.models, []]
        : [near, catalogue.models.filter(model => !near.includes(model))];
    return html`
      ${
        several
          ? html`<fieldset>
              <legend class="visually-hidden">${words.model.heading}</legend>
              <div class="cards">${first.map(card)}</div>
              ${
                more.length === 0
                  ? nothing
                  : html`<details ?open=${more.includes(entry)} data-more>
                      <summary>${words.model.more(more.length)}</summary>
                      <p class="soft small">${words.model.moreIs(hosts(more))}</p>
                      <div class="cards">${more.map(card)}</div>
                    </details>`
              }
            </fieldset>`
          : first.map(card)
      }
      <div class="actions">${this.#actions(entry)}</div>
      ${measured(this.#fit(entry))} ${this.#own(!this.#offers(entry))}
    `;
  }

  /** Puts the focus on what loads the model. */
  focusNext(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-next]')?.focus();
  }

  #fit(model: CatalogueEntry): Fit {
    const { local, settings } = this.session;
    const here = local.has(model) ? model.bytes : (local.partOf(model)?.done ?? 0);
    const device = { storage: local.storage, gpu: this.gpu, gigabytes: gigabytes() };
    return fitOf(model, device, settings.device, here);
  }

  #own(main: boolean) {
    const { session } = this;
    if (session.hides('own')) return nothing;
    return html`<ts-own-model .session=${session} label=${words.model.openOwn} ?main=${main}></ts-own-model>`;
  }

  /** Another model, which this device has room for, where it has none for the chosen one. */
  #fitting(entry: CatalogueEntry): CatalogueEntry | null {
    const { models = [] } = this.session.catalogue ?? {};
    return models.find(model => model !== entry && this.#fit(model).fits) ?? null;
  }

  /** Whether there is a model that may fit: one of the user's own is what is left otherwise. */
  #offers(entry: CatalogueEntry): boolean {
    const { local } = this.session;
    const begun = local.partOf(entry) !== null && !local.has(entry);
    return (
      this.session.hides('own') || begun || this.#fit(entry).fits !== false || this.#fitting(entry) !== null
    );
  }

  #actions(entry: CatalogueEntry) {
    const { local } = this.session;
    const { selection } = this.session.items;
    // Which buttons there are depends on it, and none may change under a hand.
    if (!local.found) return nothing;
    const part = local.partOf(entry);
    if (part && !local.has(entry)) {
      const { downloaded, downloadedForNow } = words.model;
      const amount = share(part.done, entry.bytes);
      return html`<div class="paused" data-partial>
          <span id="part">${part.lasting ? downloaded(amount) : downloadedForNow(amount)}</span>
          <progress aria-labelledby="part" max=${entry.bytes} value=${part.done}></progress>
        </div>
        <div class="row">
          <button class="primary" data-next @click=${this.#resume}>${words.model.resume}</button>
          <button @click=${() => this.#giveUp(part.key)}>${words.model.cancel}</button>
        </div>`;
    }
    const other = this.#fit(entry).fits === false ? this.#fitting(entry) : null;
    return html`<div class="row">
      ${other ? html`<button class="primary" @click=${() => this.#choose(other)}>${words.model.chooseFitting(other.name)}</button>` : null}
      <button
        class=${!other && this.#offers(entry) ? 'primary' : ''}
        data-next
        ?disabled=${selection?.size === 0}
        @click=${() => this.#load(true)}
      >
        ${words.model.loadAndRun}
      </button>
      <button @click=${() => this.#load(false)}>${words.model.load}</button>
    </div>`;
  }

  #choose({ id }: CatalogueEntry): void {
    this.session.set({ model: id === this.session.catalogue?.default ? null : id });
  }

  #load(thenRun: boolean): void {
    this.acted();
    void this.session.load(null, { thenRun });
  }

  #resume = () => {
    this.acted();
    void this.session.resumeLoad();
  };

  /** The buttons go with the part; the one that loads the model takes the focus. */
  #giveUp(key: string): void {
    this.acted();
    void this.session.local.remove(key);
  }
}

/** The servers that these models come from. */
function hosts(models: readonly CatalogueEntry[]): string[] {
  return [...new Set(models.map(foreignHost).filter(host => host !== null))];
}

customElements.define('ts-model-choice', ModelChoiceElement);
