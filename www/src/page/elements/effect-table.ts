import { html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { ChanceEffects, DirectionEffects, Estimate, Placement } from '../../types';
import { decimal, dose, pValue, signed } from '../format';
import { traitLabel } from '../wording';
import { shared } from './base';
import './help';
import { tableStyles } from './study-parts';

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
    const { effect, common } = words;
    const { table } = effect;
    return html`
      ${
        effects.length > 0
          ? html`<div class="scroll" tabindex="0" role="group" aria-label=${table.effects}><table class="num">
              <caption>${table.span(dose(widest ?? 0))} <ts-help of="change"></ts-help></caption>
              <thead>
                <tr>
                  <th scope="col">${effect.itemsOf}</th><th scope="col">${effect.change}</th><th scope="col">${common.interval}</th>
                  <th scope="col">${table.cohen} <ts-help of="cohen"></ts-help></th><th scope="col">${effect.tests} <ts-help of="p"></ts-help></th><th scope="col">${effect.otherWay} <ts-help of="otherWay"></ts-help></th>
                  <th scope="col">${table.larger} <ts-help of="larger"></ts-help></th>
                  <th scope="col">${table.cosine}</th>
                </tr>
              </thead>
              <tbody>
                ${effects.map(
                  ({ change, p_adjusted, gaussian, shuffled }) => html`<tr>
                    <th scope="row">${traitLabel(change.trait)}</th>
                    <td>${signed(change.d.value)}</td>
                    <td>${interval(change.d)}</td>
                    <td>${change.dz === null ? '–' : signed(change.dz)}</td>
                    <td>${pValue(p_adjusted)}</td>
                    <td>${common.share(change.against, change.items)}</td>
                    <td>${place('shuffled', shuffled)}${shuffled && gaussian ? html`<br />` : null}${place('gaussian', gaussian)}</td>
                    <td>${this.#cosine(change.trait)}</td>
                  </tr>`,
                )}
              </tbody>
            </table></div>`
          : null
      }
      <details>
        <summary>${table.doses}</summary>
        <div class="scroll" tabindex="0" role="group" aria-label=${table.everyDose}><table class="num">
          <thead>
            <tr>
              <th scope="col">${effect.itemsOf}</th><th scope="col">${effect.dose}</th><th scope="col">d</th><th scope="col">${common.interval}</th>
              <th scope="col">${table.score}</th><th scope="col">${table.against}</th><th scope="col">${effect.tests}</th>
            </tr>
          </thead>
          <tbody>
            ${curves.flatMap(({ trait, points }) =>
              points.map(
                ({ dose: at, d, score, change, p_adjusted }) => html`<tr>
                  <th scope="row">${traitLabel(trait)}</th>
                  <td>${signed(at)}</td>
                  <td>${signed(d.value)}</td>
                  <td>${interval(d)}</td>
                  <td>${decimal(score.value, 0)}</td>
                  <td>${change ? `${signed(change.d.value)} (${interval(change.d)})` : '–'}</td>
                  <td>${p_adjusted === null ? '–' : pValue(p_adjusted)}</td>
                </tr>`,
              ),
            )}
          </tbody>
        </table></div>
      </details>
      ${this.chance.length > 0 ? this.#chance() : null}
      <p class="soft small">${table.legend} <ts-help of="cosine"></ts-help></p>
    `;
  }

  #chance() {
    const { effect, common } = words;
    const { table } = effect;
    return html`<details>
      <summary>${table.chances}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${table.everyChance}><table class="num">
        <thead>
          <tr>
            <th scope="col">${effect.itemsOf}</th><th scope="col">${table.directions}</th><th scope="col">${effect.dose}</th>
            <th scope="col">${table.lowest}</th><th scope="col">${table.each} <ts-help of="chance"></ts-help></th>
          </tr>
        </thead>
        <tbody>
          ${this.chance.map(({ trait, kind, dose: at, changes }) => {
            const sorted = changes.toSorted((a, b) => a - b);
            const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
            return html`<tr>
              <th scope="row">${traitLabel(trait)}</th>
              <td>${table.count[kind](sorted.length)}</td>
              <td>${signed(at ?? 0)}</td>
              <td>${common.range(signed(low), signed(high))}</td>
              <td class="text">${sorted.map(change => signed(change)).join(table.apart)}</td>
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
  return low === null || high === null ? '–' : words.common.range(signed(low), signed(high));
}

function place(kind: 'shuffled' | 'gaussian', placement: Placement | null): string {
  if (!placement) return '';
  const larger = Math.round((placement.percentile / 100) * placement.directions);
  return words.effect.table.place[kind](larger, placement.directions);
}

customElements.define('ts-effect-table', EffectTableElement);
