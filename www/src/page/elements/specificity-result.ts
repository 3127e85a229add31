import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { DirectionEffects, EffectSummary } from '../../types';
import { specificityLine } from '../findings';
import { dose, signed } from '../format';
import { saveRecord } from '../records';
import type { SpecificityRecord } from '../specificity-study';
import { ownEffect } from '../study-items';
import { traitLabel, traitName } from '../wording';
import { shared } from './base';
import { interval } from './effect-table';
import './chart-actions';
import './help';
import './notice';
import { studyStyles, tableStyles } from './study-parts';

/** Every direction against every trait of the test, and against every other direction. */
export class SpecificityResultElement extends LitElement {
  static override properties = { record: { attribute: false } };
  declare record: SpecificityRecord;

  static override styles = [
    shared,
    studyStyles,
    tableStyles,
    css`
      .matrix td {
        print-color-adjust: exact;
        -webkit-print-color-adjust: exact;
        text-align: center;
        padding: 0.35rem 0.6rem;
        border: 1px solid var(--line);
      }
      .matrix th[scope='col'] {
        font-size: 0.85rem;
        padding-inline: 0.6rem;
        text-align: center;
      }
      .matrix th:first-child {
        position: sticky;
        inset-inline-start: 0;
        background: var(--surface);
        padding-inline: 0 0.6rem;
        text-align: start;
      }
      abbr {
        text-decoration: none;
      }
      td.own {
        outline: 2px solid var(--ink);
        outline-offset: -2px;
        font-weight: 700;
      }
      .above-3 {
        background: var(--above-3);
      }
      .above-2 {
        background: var(--above-2);
      }
      .above-1 {
        background: var(--above-1);
      }
      .below-1 {
        background: var(--below-1);
      }
      .below-2 {
        background: var(--below-2);
      }
      .below-3 {
        background: var(--below-3);
      }
    `,
  ];

  override render() {
    const { record } = this;
    const { summary, cancelled } = record.result;
    const traits = summary.directions[0]?.effects.map(({ change }) => change.trait) ?? [];
    if (traits.length === 0) return html`<p class="lean">${words.effect.nothing}</p>`;
    const said = words.effect.every;
    return html`<div class="stack">
      ${cancelled ? html`<ts-notice kind="warn">${said.early}</ts-notice>` : null}
      <p class="lean" id="finding">${specificityLine(summary.directions)}</p>
      <ts-chart-actions label=${said.caption} model=${record.model.name} .date=${record.date}>
      ${this.#matrix(summary.directions, traits)}
      <p class="soft small">${said.legend(dose(record.dose))}</p>
      </ts-chart-actions>
      ${this.#intervals(summary.directions)} ${this.#cosines(summary)}
      <div class="row"><button @click=${() => saveRecord(record)}>${words.effect.save}</button></div>
    </div>`;
  }

  #matrix(all: DirectionEffects[], traits: string[]) {
    const sizes = all.flatMap(({ effects }) => effects.map(({ change }) => Math.abs(change.d.value)));
    const most = Math.max(...sizes);
    const said = words.effect.every;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
      <table class="num matrix" aria-describedby="finding">
        <caption>${said.caption} <ts-help of="change"></ts-help></caption>
        <thead>
          <tr><th scope="col">${said.direction}</th>${traits.map(column)}</tr>
        </thead>
        <tbody>
          ${all.map(direction => {
            const own = ownEffect(direction);
            return html`<tr>
              <th scope="row">${traitName(direction.trait)}</th>
              ${direction.effects.map(
                effect =>
                  html`<td
                    class="${shade(effect.change.d.value, most)} ${effect === own ? 'own' : ''}"
                    title=${said.cell(traitName(direction.trait), traitLabel(effect.change.trait), interval(effect.change.d))}
                  >${signed(effect.change.d.value)}</td>`,
              )}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  #intervals(all: DirectionEffects[]) {
    const { effect, common } = words;
    return html`<details>
      <summary>${effect.every.cells}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${effect.every.everyCell}><table class="num">
        <thead>
          <tr>
            <th scope="col">${effect.every.direction}</th><th scope="col">${effect.layer}</th><th scope="col">${effect.itemsOf}</th><th scope="col">${effect.change}</th>
            <th scope="col">${common.interval}</th><th scope="col">${effect.otherWay} <ts-help of="otherWay"></ts-help></th>
          </tr>
        </thead>
        <tbody>
          ${all.flatMap(({ trait, layer, effects }) =>
            effects.map(
              ({ change }) => html`<tr>
                <th scope="row">${traitName(trait)}</th><td>${layer}</td><td>${traitLabel(change.trait)}</td><td>${signed(change.d.value)}</td>
                <td>${interval(change.d)}</td><td>${common.share(change.against, change.items)}</td>
              </tr>`,
            ),
          )}
        </tbody>
      </table></div>
    </details>`;
  }

  #cosines({ directions, cosines }: EffectSummary) {
    const said = words.effect.every;
    return html`<details>
      <summary>${said.alike}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${said.cosines}><table class="num matrix">
        <caption>${said.atLayers} <ts-help of="cosine"></ts-help></caption>
        <thead>
          <tr><th scope="col">${said.direction}</th>${directions.map(({ trait }) => column(trait))}</tr>
        </thead>
        <tbody>
          ${directions.map(
            ({ trait }, i) => html`<tr>
              <th scope="row">${traitName(trait)}</th>
              ${(cosines[i] ?? []).map((cosine, j) => html`<td class=${i === j ? 'own' : shade(cosine, 1)}>${signed(cosine)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table></div>
    </details>`;
  }
}

/** The head of a column, short enough for all of them to stand side by side. */
function column(trait: string) {
  return html`<th scope="col"><abbr title=${traitName(trait)}>${traitName(trait).slice(0, 4)}.</abbr></th>`;
}

/** The colour of a value: thirds of the largest one either way; next to nothing has none. */
function shade(value: number, most: number): string {
  const third = Math.min(3, Math.floor((4 * Math.abs(value)) / most));
  return third === 0 || !Number.isFinite(third) ? '' : `${value > 0 ? 'above' : 'below'}-${third}`;
}

customElements.define('ts-specificity-result', SpecificityResultElement);
