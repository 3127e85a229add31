import { css, html } from 'lit';
import type { DirectionEffects } from '../../types';
import type { EffectStudy, Extent } from '../effect-study';
import { sameTrait } from '../effect-study';
import { duration, plural } from '../format';
import { saveText } from '../save';
import { effectLine, traitName } from '../wording';
import { SessionElement, shared } from './base';
import './dose-chart';
import './effect-table';
import './notice';
import './step';

/** Step 5: whether a push moves the test's answers, and whether by more than chance would. */
export class EffectStepElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    extent: { state: true },
    trait: { state: true },
  };
  declare extent: Extent;
  /** The direction to study; that of the first dial unless another is chosen. */
  declare trait: string | null;

  constructor() {
    super();
    this.extent = 'quick';
    this.trait = null;
  }

  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 1.25rem;
      }
      fieldset {
        border: none;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
        gap: 0.75rem;
      }
      .kind {
        display: flex;
        gap: 0.75rem;
        align-items: flex-start;
        border: 1px solid var(--line);
        border-radius: 12px;
        padding: 0.75rem 0.9rem;
        cursor: pointer;
      }
      .kind:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0.25rem 1rem;
        margin-block-end: 0.4rem;
      }
      .lean {
        font-size: 1.1rem;
        line-height: 1.45;
        max-inline-size: 44em;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 1.25rem;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { steer, study, loading } = session;
    if (loading !== 'ready' || steer.vectors.length === 0) {
      return html`<ts-step number="5" heading="Does the push move the test?" state="waiting">
        <p class="soft">
          The test’s items are asked at nine doses of a push, and under random pushes of the same size: only what chance does
          not do as well is an effect.
        </p>
      </ts-step>`;
    }
    const state = study?.status === 'done' ? 'done' : 'current';
    return html`<ts-step number="5" heading="Does the push move the test?" state=${state}>
      <div class="stack" data-study=${study?.status ?? 'none'}>
        ${study?.status === 'running' ? this.#running(study) : this.#choose()}
        ${study?.notices.map(notice => html`<ts-notice kind="warn" .of=${notice}></ts-notice>`)}
        ${study?.error ? html`<ts-notice kind="bad" .of=${study.error}></ts-notice>` : null}
        ${study?.result ? this.#result(study) : null}
      </div>
    </ts-step>`;
  }

  #choose() {
    const { session } = this;
    const trait = this.#chosen();
    return html`
      <p class="soft">
        The test’s items are asked at nine doses of the push, and under random pushes of the same size: only what chance does
        not do as well is an effect.
      </p>
      <div class="row">
        <label>Direction
          <select @change=${(event: Event) => {
            this.trait = (event.target as HTMLSelectElement).value;
          }}>
            ${session.steer.traits.map(name => html`<option value=${name} ?selected=${name === trait}>${traitName(name)}</option>`)}
          </select>
        </label>
        <span class="soft small">at layer ${session.steer.layerOf(trait)}</span>
      </div>
      <fieldset>
        <legend class="visually-hidden">How much is asked</legend>
        ${this.#kind('quick', 'Short', 'The trait’s own items, beside 20 directions made of the same texts with their sides mixed')}
        ${this.#kind('full', 'Full', 'All eight traits, beside 20 such directions and 20 drawn at random')}
      </fieldset>
      <div class="row">
        <button class=${session.study?.result ? '' : 'primary'} data-next ?disabled=${session.busy} @click=${this.#start}>
          ${session.study?.result ? 'Study it again' : 'Ask under every dose'}
        </button>
      </div>
    `;
  }

  #kind(value: Extent, title: string, hint: string) {
    return html`<label class="kind">
      <input type="radio" name="extent" value=${value} .checked=${value === this.extent} @change=${() => {
        this.extent = value;
      }} />
      <span><strong>${title}</strong><br /><span class="soft small">${hint}</span></span>
    </label>`;
  }

  #running(study: EffectStudy) {
    const { secondsLeft } = study.pace;
    const left = secondsLeft === null ? 'estimating the time' : `${duration(secondsLeft)} left`;
    const words =
      study.total > 0
        ? `${study.done.toLocaleString('en')} of ${plural(study.total, 'answer')}`
        : 'Making directions of chance';
    return html`<div>
        <div class="facts">
          <span id="what">${words}</span>
          <span class="soft num">${study.stopping ? 'stopping…' : left}</span>
        </div>
        ${
          study.total > 0
            ? html`<progress aria-labelledby="what" max=${study.total} value=${study.done}></progress>`
            : html`<progress aria-labelledby="what"></progress>`
        }
      </div>
      <div><button data-next ?disabled=${study.stopping} @click=${() => study.stop()}>Stop and keep what is done</button></div>`;
  }

  #result(study: EffectStudy) {
    const { result, direction } = study;
    if (!result || !direction) return null;
    const { own } = study;
    const name = traitName(study.trait).toLowerCase();
    const curve = direction.curves.find(({ trait }) => own && sameTrait(trait, own.change.trait));
    const chance = result.summary.chance.filter(
      one => one.dose !== null && curve && one.trait === curve.trait && one.readout === curve.readout,
    );
    const dial = this.session.steer.dials.find(({ trait }) => trait === study.trait);
    return html`
      ${
        result.cancelled
          ? html`<ts-notice kind="warn">The study ended early; what was done is kept, and doses may lack items.</ts-notice>`
          : null
      }
      ${own ? html`<p class="lean" data-effect=${own.change.d.value}>${effectLine(study.trait, direction, own)}</p>` : this.#noOwn(name, direction)}
      ${
        curve
          ? html`<ts-dose-chart .curve=${curve} .chance=${chance} .dose=${dial?.dose ?? null} direction=${name}></ts-dose-chart>
              <p class="soft small">
                Upwards: answers of the high side become likelier than those of the low side (nats a token). Points: the
                direction of ${name}, with 95% intervals over ${plural(curve.points[0]?.items ?? 0, 'item')}. Rings: directions of
                chance of the same size.${dial ? ' Dashed: where the dial of step 4 stands.' : ''}
              </p>`
          : null
      }
      <ts-effect-table .direction=${direction}></ts-effect-table>
      ${
        study.record
          ? html`<div class="row"><button @click=${() => this.#save(study)}>Save the study</button></div>`
          : null
      }
    `;
  }

  #noOwn(name: string, direction: DirectionEffects) {
    return html`<p class="lean">
      No items ask about ${name} itself; the table shows what its direction does to the traits that the items do ask about${
        direction.widest ? ` from −${direction.widest} to +${direction.widest}` : ''
      }.
    </p>`;
  }

  #chosen(): string {
    const { steer } = this.session;
    return this.trait ?? steer.dials[0]?.trait ?? steer.traits[0] ?? '';
  }

  #start = () => {
    this.acted();
    void this.session.startStudy(this.#chosen(), this.extent);
  };

  #save({ record }: EffectStudy): void {
    if (!record) return;
    const name = `traitscope-effect-${record.trait}-${record.date.replace(/[:.]/g, '-')}.json`;
    saveText(name, 'application/json', JSON.stringify(record, null, 1));
  }
}

customElements.define('ts-effect-step', EffectStepElement);
