import { html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { DirectionEffects, PairedDifference, Persona, PersonaEffects } from '../../types';
import { signed } from '../format';
import { shared } from './base';
import { interval } from './effect-table';
import './help';
import { tableStyles } from './study-parts';

/** A push beside the same asked for in words, and both together. */
export class PersonaTableElement extends LitElement {
  static override properties = {
    trait: {},
    direction: { attribute: false },
    own: { attribute: false },
    effects: { attribute: false },
    personas: { attribute: false },
  };
  declare trait: string;
  declare direction: DirectionEffects;
  /** The trait as the items name it. */
  declare own: string;
  declare effects: PersonaEffects[];
  declare personas: Persona[];

  static override styles = [shared, tableStyles];

  override render() {
    const { widest } = this.direction;
    const said = words.effect.personas;
    const doses = widest ? [0, -widest, widest] : [0];
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.caption}><table class="num">
        <caption>${said.caption} <ts-help of="change"></ts-help></caption>
        <thead>
          <tr>
            <th scope="col">${said.instruction}</th>
            ${doses.map(dose => html`<th scope="col">${dose === 0 ? said.noPush : said.push(signed(dose))}</th>`)}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">${said.none}</th>
            ${doses.map(dose => html`<td>${dose === 0 ? said.against : shown(this.#pushed(dose))}</td>`)}
          </tr>
          ${this.personas.map(
            persona => html`<tr>
              <th scope="row">${words.common.quoted(persona.system)}</th>
              ${doses.map(dose => html`<td>${shown(this.#asked(persona, dose))}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table></div>
      <p class="soft small">${said.legend(this.trait)}</p>`;
  }

  #pushed(dose: number): PairedDifference | null {
    const curve = this.direction.curves.find(({ trait }) => trait === this.own);
    return curve?.points.find(point => near(point.dose, dose))?.change ?? null;
  }

  #asked({ name }: Persona, dose: number): PairedDifference | null {
    const found = this.effects.find(effect => effect.persona === name && near(effect.dose, dose));
    return found?.changes.find(({ trait }) => trait === this.own) ?? null;
  }
}

/** Doses come back as 32-bit numbers. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}

function shown(change: PairedDifference | null) {
  return change ? `${signed(change.d.value)} (${interval(change.d)})` : '–';
}

customElements.define('ts-persona-table', PersonaTableElement);
