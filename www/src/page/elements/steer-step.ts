import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { version } from '../../lib/traitscope';
import { beyond, cosine, type Dial, MOST_DOSE, risky } from '../dials';
import { knownLine, riskLine } from '../findings';
import { dose, signed, signedDose } from '../format';
import type { OwnHead } from '../own-directions';
import { saveBlob, saveText } from '../save';
import { MOST_DIALS } from '../settings';
import type { Steer } from '../steer';
import { sameTrait } from '../study-items';
import { twinCsv, twinName, twinRecord } from '../twin-export';
import { traitName, traitWithin } from '../wording';
import { SessionElement, shared } from './base';
import './dial';
import './chart-actions';
import './help';
import './layer-map';
import { missingModel } from './missing';
import './notice';
import './own-direction';
import './step';
import './twin-texts';
import { wayOut } from './way-out';

/** Widths of the dials to choose from. */
const WIDTHS = [0.1, 0.2, 0.3, MOST_DOSE];

/** Turn a trait's dial and watch the text change, with a meter of the trait at every token. */
export class SteerStepElement extends SessionElement {
  static override properties = { ...SessionElement.properties, shown: { state: true } };
  /** The trait whose meter colours the texts. */
  declare shown: string;

  constructor() {
    super();
    this.shown = '';
  }

  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 1.25rem;
      }
      .dials {
        display: grid;
        gap: 1rem;
      }
      textarea {
        inline-size: 100%;
        min-block-size: 4.5rem;
        resize: vertical;
      }
      label {
        display: block;
        font-weight: 600;
        margin-block-end: 0.35rem;
      }
      .own {
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { steer, loading } = session;
    if (loading !== 'ready' || steer.fetching || steer.vectors.length === 0) return this.#waiting();
    const { dials } = steer;
    return html`<ts-step heading=${words.steer.heading} state=${steer.steered?.stop ? 'done' : 'current'}>
      <div class="stack">
        <p class="soft">${words.steer.lead} <ts-help of="dose"></ts-help></p>
        ${this.#aside()}
        <div class="dials">
          ${dials.map((dial, i) => this.#dial(dial, i, dials))}
          ${
            dials.length < Math.min(MOST_DIALS, steer.traits.length)
              ? html`<div><button ?disabled=${session.busy} @click=${this.#another}>${words.steer.add}</button></div>`
              : null
          }
        </div>
        ${session.hides('options') ? null : this.#widest()}
        ${this.#alike(dials)} ${this.#known(dials)} ${this.#warning(dials)} ${this.#apart(dials)}
        <div>
          <label for="question">${words.steer.question}</label>
          <textarea id="question" maxlength="2000" .value=${session.settings.question} @change=${this.#question}></textarea>
        </div>
        <div class="row">
          ${
            steer.writing
              ? html`<button data-next @click=${() => steer.stop()}>${words.steer.stop}</button>`
              : html`<button class="primary" data-next ?disabled=${session.busy || dials.length === 0} @click=${this.#write}>
                  ${words.steer.write}
                </button>`
          }
          <span class="soft small">${words.steer.alikeButForThePush} ${session.model?.info.has_chat_template === false ? words.steer.goesOn : null}</span>
        </div>
        ${this.#errors(steer)} ${this.#texts(steer)} ${this.#layers(steer)}
        ${session.hides('own') ? null : html`<ts-own-direction .session=${session}></ts-own-direction>`}
      </div>
    </ts-step>`;
  }

  #waiting() {
    const { loading, steer } = this.session;
    const { heading, waiting } = words.steer;
    const why = loading !== 'ready' ? waiting.model : steer.fetching ? waiting.fetching : waiting.none;
    return html`<ts-step heading=${heading} state="waiting">
      <div class="stack"><p class="soft">${why}</p>
      ${missingModel(this.session)} ${this.#aside()}
      ${loading === 'ready' && !steer.fetching && !this.session.hides('own') ? html`<ts-own-direction .session=${this.session}></ts-own-direction>` : null}
      ${this.#errors(steer)} ${this.#texts(steer)} ${this.#map(steer)}
      </div>
    </ts-step>`;
  }

  #errors({ errors, notices }: Steer) {
    return html`
      ${notices.map(notice => html`<ts-notice kind="warn" .of=${notice}></ts-notice>`)}
      ${errors.map(error => html`<ts-notice kind="bad" .of=${error}></ts-notice>${wayOut(error, this.session)}`)}`;
  }

  /** Directions of the visitor's own that are not lost, but of no use with this model. */
  #aside() {
    const said = words.steer.aside;
    const { model, steer } = this.session;
    return steer.kept.waiting(model?.info ?? null).map(
      ({ model: of, heads }) => html`<ts-notice kind="info">
        <p data-aside=${of.name}>${said.waits(
          heads.map(({ trait }) => traitName(trait)),
          of.name,
        )}</p>
        <p><button aria-label=${said.saveOf(of.name)} @click=${() => this.#saveAside(heads)}>${said.save}</button></p>
      </ts-notice>`,
    );
  }

  async #saveAside(heads: OwnHead[]): Promise<void> {
    const { steer } = this.session;
    const own = await steer.kept.read(heads);
    const file = await steer.file(
      undefined,
      own.map(({ vectors }) => vectors),
    );
    if (file) saveBlob(file.name, file.blob);
  }

  /** Both answers; those of a model that is gone stay. */
  #texts(steer: Steer) {
    if (!steer.unsteered) return null;
    return html`<ts-twin-texts
      .unsteered=${steer.unsteered}
      .steered=${steer.steered}
      .dials=${steer.with}
      .layers=${steer.with.map(dial => steer.layerOf(dial.trait))}
      .writing=${steer.writing}
      model=${steer.modelName}
      @meter=${(event: CustomEvent<string>) => {
        this.shown = event.detail;
      }}
    ></ts-twin-texts>${steer.writing || !steer.steered?.stop ? null : this.#saveTexts()}`;
  }

  #saveTexts() {
    const { json, csv } = words.steer.save;
    return html`<div class="row">
      <button @click=${() => this.#save('json')}>${json}</button>
      <button @click=${() => this.#save('csv')}>${csv}</button>
    </div>`;
  }

  async #save(as: 'json' | 'csv'): Promise<void> {
    const { conditions, unsteered, steered } = this.session.steer;
    if (!conditions) return;
    const record = twinRecord(conditions, `traitscope ${await version()}`, unsteered, steered);
    const [type, text] =
      as === 'csv' ? ['text/csv', twinCsv(record)] : ['application/json', JSON.stringify(record, null, 1)];
    saveText(twinName(conditions, as), type, text);
  }

  /** What was read of a text at every layer. */
  #map({ map, modelName }: Steer) {
    if (!map) return null;
    return html`<ts-chart-actions label=${words.steer.layers.chart(traitName(map.trait))} model=${modelName}>
      <ts-layer-map .map=${map}></ts-layer-map>
    </ts-chart-actions>`;
  }

  #dial(dial: Dial, i: number, dials: Dial[]) {
    const { session } = this;
    const taken = dials.map(({ trait }) => trait);
    const free = session.steer.traits.filter(trait => trait === dial.trait || !taken.includes(trait));
    const replaced = (event: CustomEvent<Dial | null>) =>
      dials.flatMap((other, at) => (at === i ? (event.detail ?? []) : other));
    return html`<ts-dial
      .dial=${dial}
      .traits=${free}
      .cap=${session.settings.cap}
      ?removable=${dials.length > 1}
      ?disabled=${session.busy}
      @turn=${(event: CustomEvent<Dial>) => session.set({ dials: replaced(event) })}
      @dial=${(event: CustomEvent<Dial | null>) => {
        session.set({ dials: replaced(event) });
        // Once there are answers, a turned dial is answered at once.
        if (session.steer.unsteered) void session.steer.write();
      }}
    ></ts-dial>`;
  }

  /** How far the dials go, and with them the doses of studies. Whoever made the link may have chosen another width than is offered here. */
  #widest() {
    const { session } = this;
    const { cap } = session.settings;
    const offered = [...new Set([...WIDTHS, cap])].sort((a, b) => a - b);
    return html`<label class="row own">
      <span>${words.steer.widest} <span class="soft small">${words.steer.widestHint}</span></span>
      <select ?disabled=${session.busy} @change=${this.#widen}>
        ${offered.map(width => html`<option value=${width} ?selected=${width === cap}>±${dose(width)}</option>`)}
      </select>
    </label>`;
  }

  /** How far the directions of several dials are the same, and whether what they share is pushed once only. */
  #alike(dials: Dial[]) {
    const { session } = this;
    const placed = session.steer.directions(dials);
    if (placed.length < 2) return null;
    const pairs = placed.flatMap((a, i) =>
      placed
        .slice(i + 1)
        .map(b =>
          words.steer.cosine(traitWithin(a.trait), traitWithin(b.trait), signed(cosine(a.vector, b.vector))),
        ),
    );
    return html`<div>
      <p class="soft small">${words.steer.cosines(pairs)} <ts-help of="cosine"></ts-help></p>
      <label class="row own">
        <input
          type="checkbox"
          .checked=${session.settings.orthogonal}
          ?disabled=${session.busy}
          @change=${(event: Event) => {
            session.set({ orthogonal: (event.target as HTMLInputElement).checked });
            if (session.steer.unsteered) void session.steer.write();
          }}
        />
        <span>${words.steer.orthogonal}</span>
      </label>
    </div>`;
  }

  /** What was measured of the directions beforehand, nothing included. */
  #known(dials: Dial[]) {
    const { steer, items } = this.session;
    const asked = (trait: string) =>
      items.bundled?.items.some(({ personality }) => sameTrait(personality, trait));
    return dials.map(({ trait }) => {
      const effect = steer.effectOf(trait);
      return effect === undefined
        ? null
        : html`<p class="soft small" data-known=${trait}>${knownLine(trait, effect, asked(trait))}</p>`;
    });
  }

  #warning(dials: Dial[]) {
    const risks = dials.filter(risky).map(({ trait }) => traitWithin(trait));
    if (risks.length === 0) return null;
    return html`<ts-notice kind="warn">${riskLine(risks)}</ts-notice>`;
  }

  #apart(dials: Dial[]) {
    const { steer } = this.session;
    const far = dials.filter(({ trait, dose }) => beyond(dose, steer.usableOf(trait)));
    if (far.length === 0) return null;
    const ranges = far.map(({ trait }) => {
      const [low, high] = steer.usableOf(trait) ?? [0, 0];
      return words.steer.usable(traitWithin(trait), signedDose(low), signedDose(high));
    });
    return html`<ts-notice kind="warn">${words.steer.apart(ranges)}</ts-notice>`;
  }

  #layers(steer: Steer) {
    const { busy } = this.session;
    const meters = steer.with.map(dial => dial.trait);
    const trait = meters.includes(this.shown) ? this.shown : meters[0];
    if (!steer.steered?.stop || trait === undefined) return null;
    const { layers } = words.steer;
    return html`<details>
      <summary>${layers.summary}</summary>
      <div class="stack">
        <p class="soft small">${layers.about(traitWithin(trait))}</p>
        <div class="row">
          <button ?disabled=${busy} @click=${() => steer.readLayers('unsteered', trait)}>${layers.read.unsteered}</button>
          <button ?disabled=${busy} @click=${() => steer.readLayers('steered', trait)}>${layers.read.steered}</button>
        </div>
        ${this.#map(steer)}
      </div>
    </details>`;
  }

  #widen = (event: Event) => {
    const { session } = this;
    const before = JSON.stringify(session.steer.dials);
    session.set({ cap: Number((event.target as HTMLSelectElement).value) });
    // A dial that stood beyond it is turned back, which is answered like any turn.
    if (session.steer.unsteered && JSON.stringify(session.steer.dials) !== before) void session.steer.write();
  };

  #another = () => {
    const { settings, steer } = this.session;
    const taken = steer.dials.map(({ trait }) => trait);
    const trait = steer.traits.find(name => !taken.includes(name));
    if (trait) this.session.set({ dials: [...steer.dials, { trait, dose: Math.min(0.1, settings.cap) }] });
  };

  #question = (event: Event) => {
    const question = (event.target as HTMLTextAreaElement).value.trim();
    if (question !== '') this.session.set({ question });
  };

  #write = () => {
    this.acted();
    void this.session.steer.write();
  };
}

customElements.define('ts-steer-step', SteerStepElement);
