import { html, LitElement } from 'lit';
import type { ChanceEffects, DirectionEffects, Estimate, Placement } from '../../types';
import { dose, signed } from '../format';
import { shared } from './base';
import { tableStyles } from './study-parts';

/** What directions of chance are called. */
const CHANCE = { gaussian: 'random', shuffled: 'shuffled', trait: '' };

/** What a direction does to every trait, and the points of its curves, as tables. */
export class EffectTableElement extends LitElement {
  static override properties = {
    direction: { attribute: false },
    chance: { attribute: false },
    cosines: { attribute: false },
  };
  declare direction: DirectionEffects;
  /** Changes under directions of chance, where they are drawn beside the direction. */
  declare chance: ChanceEffects[];
  /** Of the direction with those of other traits at its layer, by trait. */
  declare cosines: Record<string, number>;

  constructor() {
    super();
    this.chance = [];
    this.cosines = {};
  }

  static override styles = [shared, tableStyles];

  override render() {
    const { effects, widest, curves } = this.direction;
    return html`
      ${
        effects.length > 0
          ? html`<div class="scroll" tabindex="0" role="group" aria-label="Effects on each trait"><table class="num">
              <caption>From −${dose(widest ?? 0)} to +${dose(widest ?? 0)}</caption>
              <thead>
                <tr>
                  <th scope="col">Items of</th><th scope="col">Change of d</th><th scope="col">95% interval</th>
                  <th scope="col">Cohen’s d</th><th scope="col">p (Holm)</th><th scope="col">Other way</th>
                  <th scope="col">Larger than chance</th>
                  <th scope="col">Cosine with its direction</th>
                </tr>
              </thead>
              <tbody>
                ${effects.map(
                  ({ change, p_adjusted, gaussian, shuffled }) => html`<tr>
                    <th scope="row">${change.trait}</th>
                    <td>${signed(change.d.value)}</td>
                    <td>${interval(change.d)}</td>
                    <td>${change.dz === null ? '–' : signed(change.dz)}</td>
                    <td>${p_adjusted < 0.001 ? '< 0.001' : p_adjusted.toFixed(3)}</td>
                    <td>${change.against} of ${change.items}</td>
                    <td>${place('shuffled', shuffled)}${shuffled && gaussian ? html`<br />` : null}${place('random', gaussian)}</td>
                    <td>${this.#cosine(change.trait)}</td>
                  </tr>`,
                )}
              </tbody>
            </table></div>`
          : null
      }
      <details>
        <summary>Every dose as a table</summary>
        <div class="scroll" tabindex="0" role="group" aria-label="Every dose"><table class="num">
          <thead>
            <tr>
              <th scope="col">Items of</th><th scope="col">Dose</th><th scope="col">d</th><th scope="col">95% interval</th>
              <th scope="col">Score</th><th scope="col">Change against 0</th><th scope="col">p (Holm)</th>
            </tr>
          </thead>
          <tbody>
            ${curves.flatMap(({ trait, points }) =>
              points.map(
                ({ dose: at, d, score, change, p_adjusted }) => html`<tr>
                  <th scope="row">${trait}</th>
                  <td>${signed(at)}</td>
                  <td>${signed(d.value)}</td>
                  <td>${interval(d)}</td>
                  <td>${score.value.toFixed(0)}</td>
                  <td>${change ? `${signed(change.d.value)} (${interval(change.d)})` : '–'}</td>
                  <td>${p_adjusted === null ? '–' : p_adjusted < 0.001 ? '< 0.001' : p_adjusted.toFixed(3)}</td>
                </tr>`,
              ),
            )}
          </tbody>
        </table></div>
      </details>
      ${this.chance.length > 0 ? this.#chance() : null}
      <p class="soft small">
        d: how much likelier the high answers are than the low ones, in nats a token. Cohen’s d: the mean change in units of the
        spread between items. p: sign-flip test, with Holm’s adjustment for all the comparisons of this study. Cosine: how far
        the direction of that trait is the same as the one that was pushed along; a push also moves what lies along it.
      </p>
    `;
  }

  #chance() {
    return html`<details>
      <summary>Every direction of chance as a table</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Every direction of chance"><table class="num">
        <thead>
          <tr>
            <th scope="col">Items of</th><th scope="col">Directions</th><th scope="col">Dose</th>
            <th scope="col">Lowest to highest</th><th scope="col">Change against 0 of each</th>
          </tr>
        </thead>
        <tbody>
          ${this.chance.map(({ trait, kind, dose: at, changes }) => {
            const sorted = changes.toSorted((a, b) => a - b);
            const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
            return html`<tr>
              <th scope="row">${trait}</th>
              <td>${sorted.length} ${CHANCE[kind]}</td>
              <td>${signed(at ?? 0)}</td>
              <td>${signed(low)} to ${signed(high)}</td>
              <td class="text">${sorted.map(change => signed(change)).join(', ')}</td>
            </tr>`;
          })}
        </tbody>
      </table></div>
    </details>`;
  }

  #cosine(trait: string): string {
    const value = this.cosines[trait.trim().toLowerCase()];
    return value === undefined ? '–' : signed(value);
  }
}

export function interval({ low, high }: Estimate): string {
  return low === null || high === null ? '–' : `${signed(low)} to ${signed(high)}`;
}

function place(kind: string, placement: Placement | null): string {
  if (!placement) return '';
  const larger = Math.round((placement.percentile / 100) * placement.directions);
  return `${larger} of ${placement.directions} ${kind}`;
}

customElements.define('ts-effect-table', EffectTableElement);
