import { css, html, svg } from 'lit';
import { words } from '../../i18n';
import { type Class, classesOf, farthest, type Spread } from '../class';
import { decimal } from '../format';
import { READOUT_NAMES, traitLabel } from '../wording';
import { SessionElement, shared } from './base';
import { barStyles } from './chart-parts';
import './chart-actions';
import './help';

/** Points that lie nearer than this part of the scale stand above each other. */
const NEAR = 0.012;
/** Of a chart's row, in its own units. */
const ROW = 64;
const LEVEL = 9;
const WIDTH = 600;

/** The same test on several machines: where the scores of each trait lie. */
export class ClassElement extends SessionElement {
  static override styles = [
    shared,
    barStyles,
    css`
      .stack > * + * {
        margin-block-start: 0.75rem;
      }
      .grid {
        display: grid;
        grid-template-columns: minmax(7rem, 10rem) minmax(0, 1fr) 3.5rem;
        align-items: center;
        column-gap: 1rem;
      }
      .grid svg {
        display: block;
        inline-size: 100%;
        overflow: visible;
      }
      .machine {
        fill: var(--accent);
        fill-opacity: 0.65;
        stroke: var(--surface);
      }
      .median {
        stroke: var(--ink);
        stroke-width: 3;
      }
      .value {
        text-align: end;
        font-weight: 700;
      }
      .key {
        display: flex;
        gap: 1.25rem;
        font-size: 0.85rem;
        color: var(--ink-soft);
      }
      .key svg {
        inline-size: 1rem;
        block-size: 1rem;
        vertical-align: -0.15rem;
      }
      table {
        border-collapse: collapse;
      }
      caption {
        text-align: start;
      }
      th,
      td {
        text-align: start;
        padding: 0.25rem 1rem 0.25rem 0;
        border-block-end: 1px solid var(--line);
      }
    `,
  ];

  override render() {
    return classesOf(this.session.reports.all).map(found => this.#class(found));
  }

  #class(found: Class) {
    const { reports, alike, spreads } = found;
    const { group } = words;
    const names = reports.map(({ model }) => model.name);
    const models = [...new Set(names)].map(name => ({
      name,
      count: names.filter(one => one === name).length,
    }));
    const gpu = reports.filter(({ device }) => device.kind === 'gpu').length;
    const points = farthest(found);
    const readouts = [...new Set(spreads.map(({ readout }) => readout))];
    return html`<section class="stack" data-class=${reports.length}>
      <h3>${group.heading(reports.length)}</h3>
      <p>${group.models(models)} ${group.devices(gpu, reports.length - gpu)}</p>
      ${
        spreads.length === 0
          ? html`<p class="soft">${group.none}</p>`
          : html`<p>${alike ? group.alike(points) : group.unlike(points)} <ts-help of="machines"></ts-help></p>`
      }
      ${readouts.map(readout => {
        const own = spreads.filter(spread => spread.readout === readout);
        return this.#spreads(READOUT_NAMES[readout], own, models);
      })}
    </section>`;
  }

  #spreads(readout: string, spreads: Spread[], models: { name: string }[]) {
    const { group } = words;
    const medians = spreads
      .map(({ trait, median }) => `${traitLabel(trait)} ${decimal(median, 1)}`)
      .join('; ');
    return html`<ts-chart-actions
        label=${group.caption(readout)}
        model=${models.map(({ name }) => name).join(', ')}
        .date=${null}
      >
        <div class="grid" role="img" aria-label=${group.chart(readout, medians)}>
          ${spreads.map(
            spread => html`<strong>${traitLabel(spread.trait)}</strong>${row(spread)}
              <span class="value num">${decimal(spread.median, 1)}</span>`,
          )}
        </div>
        <div class="key" aria-hidden="true">
          <span><svg>${svg`<circle class="machine" cx="50%" cy="50%" r="5" />`}</svg> ${group.key.machine}</span>
          <span><svg>${svg`<line class="median" x1="50%" x2="50%" y1="0" y2="100%" />`}</svg> ${group.key.median}</span>
        </div>
      </ts-chart-actions>
      <details>
        <summary>${group.table}</summary>
        <table class="num">
          <caption class="visually-hidden">${group.caption(readout)}</caption>
          <thead>
            <tr>${Object.values(group.columns).map(name => html`<th scope="col">${name}</th>`)}</tr>
          </thead>
          <tbody>
            ${spreads.map(
              ({ trait, on, median }) => html`<tr>
                <th scope="row">${traitLabel(trait)}</th><td>${on.length}</td><td>${decimal(median, 1)}</td>
                <td>${decimal(on[0]?.score ?? 0, 1)}</td><td>${decimal(on.at(-1)?.score ?? 0, 1)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </details>`;
  }
}

/** A trait's machines as points; those that lie together stand above each other. */
function row({ on, median, scale: [low, high] }: Spread) {
  const at = (score: number) => (WIDTH * (score - low)) / (high - low);
  let last = Number.NEGATIVE_INFINITY;
  let level = 0;
  const points = on.map(({ score }) => {
    level = score - last < NEAR * (high - low) ? level + 1 : 0;
    if (level === 0) last = score;
    return svg`<circle class="machine" cx=${at(score)} cy=${ROW - 14 - ((level * LEVEL) % (ROW - 20))} r="5" />`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${ROW}" aria-hidden="true">
    ${svg`<rect class="track" x="0" y=${ROW - 8} width=${WIDTH} height="6" rx="3" />
      ${points}
      <line class="median" x1=${at(median)} x2=${at(median)} y1=${ROW - 24} y2=${ROW} />`}
  </svg>`;
}

customElements.define('ts-class', ClassElement);
