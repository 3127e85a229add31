import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { type Dial, risky } from '../dials';
import { signed } from '../format';
import { traitName, traitPoles } from '../wording';
import { shared } from './base';

/** A trait and a slider of its dose. Tells of changes with a `dial` event: its detail is the new dial, or null to remove it. */
export class DialElement extends LitElement {
  static override properties = {
    dial: { attribute: false },
    traits: { attribute: false },
    cap: { type: Number },
    removable: { type: Boolean },
    disabled: { type: Boolean },
  };
  declare dial: Dial;
  /** Traits to choose from. */
  declare traits: string[];
  declare cap: number;
  declare removable: boolean;
  declare disabled: boolean;

  static override styles = [
    shared,
    css`
      .dial {
        display: grid;
        grid-template-columns: minmax(9rem, 13rem) minmax(0, 1fr) auto;
        gap: 0.35rem 1rem;
        align-items: center;
      }
      select {
        inline-size: 100%;
      }
      input[type="range"] {
        inline-size: 100%;
        min-block-size: 2.75rem;
        margin: 0;
        accent-color: var(--accent);
      }
      .ends {
        grid-column: 2;
        display: flex;
        justify-content: space-between;
        gap: 1rem;
        font-size: 0.82rem;
        line-height: 1.3;
        color: var(--ink-soft);
      }
      .ends span:last-child {
        text-align: end;
      }
      output {
        font-weight: 700;
        font-size: 1.1rem;
        min-inline-size: 3.5rem;
        text-align: end;
      }
      .risk {
        color: var(--warn);
      }
      @media (max-width: 36rem) {
        .dial {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .slider {
          grid-column: 1 / -1;
          grid-row: 2;
        }
        .ends {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  override render() {
    const { dial, cap } = this;
    const ends = traitPoles(dial.trait);
    const said = words.steer.dial;
    const name = traitName(dial.trait);
    const dose = signed(dial.dose);
    return html`<div class="dial">
      <select aria-label=${said.trait} ?disabled=${this.disabled} @change=${this.#pick}>
        ${this.traits.map(
          trait =>
            html`<option value=${trait} ?selected=${trait === dial.trait}>${traitName(trait)}</option>`,
        )}
      </select>
      <input
        class="slider"
        type="range"
        min=${-cap}
        max=${cap}
        step="0.05"
        .value=${String(dial.dose)}
        aria-label=${said.dose(name)}
        aria-valuetext=${risky(dial) ? said.risky(dose) : dose}
        @input=${(event: Event) => this.#set(event, 'turn')}
        @change=${(event: Event) => this.#set(event, 'dial')}
      />
      <div class="row">
        <output class="num ${risky(dial) ? 'risk' : ''}">${dose}</output>
        ${
          this.removable
            ? html`<button aria-label=${said.remove(name)} ?disabled=${this.disabled} @click=${() => this.#tell('dial', null)}>×</button>`
            : null
        }
      </div>
      <div class="ends" aria-hidden="true"><span>${ends.low}</span><span>${ends.high}</span></div>
    </div>`;
  }

  #pick = (event: Event) => {
    this.#tell('dial', { ...this.dial, trait: (event.target as HTMLSelectElement).value });
  };

  #set(event: Event, name: 'turn' | 'dial'): void {
    this.#tell(name, { ...this.dial, dose: Number((event.target as HTMLInputElement).value) });
  }

  #tell(name: 'turn' | 'dial', detail: Dial | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define('ts-dial', DialElement);
