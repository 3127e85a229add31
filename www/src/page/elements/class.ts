import { css, html, svg } from 'lit';
import { words } from '../../i18n/all';
import { type Class, classesOf, farthest, type Spread } from '../class';
import { type Dots, dots, heightOf } from '../dots';
import { deviceDetail } from '../facts';
import { decimal } from '../format';
import type { Report } from '../report';
import { READOUT_NAMES, traitLabel } from '../wording';
import { SessionElement, shared } from './base';
import { barStyles } from './chart-parts';
import './chart-actions';
import './help';

/** Of a chart's row, in its own units: its width, and its height without marks. */
const WIDTH = 600;
const FOOT = 14;

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
        align-items: end;
        gap: 0.6rem 1rem;
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
      @media (max-width: 36rem) {
        .grid {
          grid-template-columns: minmax(0, 1fr) 3.5rem;
          grid-auto-flow: dense;
          row-gap: 0.2rem;
        }
        .grid svg {
          grid-column: 1 / -1;
        }
      }
      .scroll {
        overflow-x: auto;
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
        return this.#spreads(READOUT_NAMES[readout], own, found);
      })}
      <button @click=${() => this.session.paper.print({ of: 'class' })}>${group.print}</button>
    </section>`;
  }

  #spreads(readout: string, spreads: Spread[], { reports }: Class) {
    const { group } = words;
    const models = [...new Set(reports.map(({ model }) => model.name))];
    const placed = dots(spreads.map(places));
    const medians = spreads
      .map(({ trait, median }) => `${traitLabel(trait)} ${decimal(median, 1)}`)
      .join('; ');
    return html`<ts-chart-actions
        label=${group.caption(readout)}
        model=${models.join(', ')}
        .date=${null}
      >
        <div class="grid" role="img" aria-label=${group.chart(readout, medians)}>
          ${spreads.map(
            (
              spread,
              i,
            ) => html`<strong>${traitLabel(spread.trait)}</strong>${row(spread, placed, placed.levels[i] ?? [])}
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
        <div class="scroll" tabindex="0" role="group" aria-label=${group.caption(readout)}>
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
        </div>
      </details>
      <details>
        <summary>${group.every}</summary>
        ${this.#machines(readout, spreads, reports)}
      </details>`;
  }

  /** A row for each machine, under its number in the list of what was opened. */
  #machines(readout: string, spreads: Spread[], reports: Report[]) {
    const { all } = this.session.reports;
    const { machine } = words.group;
    const caption = machine.caption(readout);
    const score = ({ on }: Spread, report: Report) => {
      const found = on.find(one => one.report === report);
      return found ? decimal(found.score, 1) : '–';
    };
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}>
      <table class="num">
        <caption class="visually-hidden">${caption}</caption>
        <thead>
          <tr>
            ${[
              machine.number,
              machine.model,
              machine.device,
              ...spreads.map(({ trait }) => traitLabel(trait)),
            ].map(name => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${reports.map(
            report => html`<tr data-machine>
              <th scope="row">${all.indexOf(report) + 1}</th><td>${report.model.name}</td><td>${deviceOf(report)}</td>
              ${spreads.map(spread => html`<td>${score(spread, report)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

function deviceOf({ device }: Report): string {
  return [device.kind?.toUpperCase(), deviceDetail(device)].filter(Boolean).join(', ') || '–';
}

/** Where scores stand along the scale. */
function places({ on, scale: [low, high] }: Spread): number[] {
  return on.map(({ score }) => (WIDTH * (score - low)) / (high - low));
}

/** A trait's machines as points, as high as the most of them that lie together. */
function row(spread: Spread, { radius, pitch }: Dots, levels: number[]) {
  const {
    median,
    scale: [low, high],
  } = spread;
  const rowHeight = FOOT + pitch * heightOf([levels]);
  const middle = (WIDTH * (median - low)) / (high - low);
  const points = places(spread).map(
    (at, i) =>
      svg`<circle class="machine" cx=${at} cy=${rowHeight - FOOT - pitch * ((levels[i] ?? 0) + 0.5)} r=${radius} />`,
  );
  return html`<svg viewBox="0 0 ${WIDTH} ${rowHeight}" aria-hidden="true">
    ${svg`<rect class="track" x="0" y=${rowHeight - FOOT + 2} width=${WIDTH} height="6" rx="3" />
      ${points}
      <line class="median" x1=${middle} x2=${middle} y1=${rowHeight - FOOT} y2=${rowHeight - 1} />`}
  </svg>`;
}

customElements.define('ts-class', ClassElement);
