import { css, html, LitElement } from 'lit';
import type { DirectionEffects, EffectSummary } from '../../types';
import { signed } from '../format';
import { saveRecord } from '../save';
import type { SpecificityRecord } from '../specificity-study';
import { ownEffect } from '../study-items';
import { specificityLine, traitName } from '../wording';
import { shared } from './base';
import { interval } from './effect-table';
import './chart-actions';
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
    if (traits.length === 0) return html`<p class="lean">It was stopped before anything was answered.</p>`;
    return html`<div class="stack">
      ${
        cancelled
          ? html`<ts-notice kind="warn">The study ended early; what was done is kept, and traits may lack items.</ts-notice>`
          : null
      }
      <p class="lean">${specificityLine(summary.directions)}</p>
      <ts-chart-actions label="What each direction moves" model=${record.model.name} .date=${record.date}>
      ${this.#matrix(summary.directions, traits)}
      <p class="soft small">
        Change of d, in nats a token, from −${record.dose} to +${record.dose} along each direction, on the items of each trait. Framed:
        the direction’s own trait. Orange: answers of the high side became likelier; blue: less likely. Point at a cell for its
        95% interval, which is for that cell alone: of so many, one in twenty misses by chance. Directions were not held against
        chance here; the study of one direction does that.
      </p>
      </ts-chart-actions>
      ${this.#intervals(summary.directions)} ${this.#cosines(summary)}
      <div class="row"><button @click=${() => saveRecord('specificity', record)}>Save the study</button></div>
    </div>`;
  }

  #matrix(all: DirectionEffects[], traits: string[]) {
    const sizes = all.flatMap(({ effects }) => effects.map(({ change }) => Math.abs(change.d.value)));
    const most = Math.max(...sizes);
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Every direction on every trait">
      <table class="num matrix">
        <caption>What each direction moves</caption>
        <thead>
          <tr><th scope="col">Direction</th>${traits.map(column)}</tr>
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
                    title="${traitName(direction.trait)} on ${effect.change.trait}: ${interval(effect.change.d)}"
                  >${signed(effect.change.d.value)}</td>`,
              )}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  #intervals(all: DirectionEffects[]) {
    return html`<details>
      <summary>Every cell with its interval</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Every cell"><table class="num">
        <thead>
          <tr>
            <th scope="col">Direction</th><th scope="col">Layer</th><th scope="col">Items of</th><th scope="col">Change of d</th>
            <th scope="col">95% interval</th><th scope="col">Other way</th>
          </tr>
        </thead>
        <tbody>
          ${all.flatMap(({ trait, layer, effects }) =>
            effects.map(
              ({ change }) => html`<tr>
                <th scope="row">${traitName(trait)}</th><td>${layer}</td><td>${change.trait}</td><td>${signed(change.d.value)}</td>
                <td>${interval(change.d)}</td><td>${change.against} of ${change.items}</td>
              </tr>`,
            ),
          )}
        </tbody>
      </table></div>
    </details>`;
  }

  #cosines({ directions, cosines }: EffectSummary) {
    return html`<details>
      <summary>How far the directions are the same</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Cosines of the directions"><table class="num matrix">
        <caption>Cosines of the directions, each at its layer</caption>
        <thead>
          <tr><th scope="col">Direction</th>${directions.map(({ trait }) => column(trait))}</tr>
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
