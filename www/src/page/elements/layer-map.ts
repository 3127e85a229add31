import { css, html, LitElement, nothing, svg } from 'lit';
import { words } from '../../i18n/all';
import { mean } from '../dials';
import { signed } from '../format';
import { traitWithin } from '../wording';
import type { LayerMap } from '../written';
import { shared } from './base';
import './help';
import './layer-table';

const CELL = 9;
/** Units of the drawing as a length that grows with large type. */
const rem = (units: number) => `${units / 16}rem`;
/** Standard deviations from which on all cells look alike. */
const MOST = 4;
const STEPS = Array.from({ length: 2 * MOST + 1 }, (_, i) => i - MOST);

/** A map of a trait over layers and tokens: below neutral text blue with a stroke, above it orange. Its tables hold the means and the cells. */
export class LayerMapElement extends LitElement {
  static override properties = { map: { attribute: false }, at: { state: true } };
  declare map: LayerMap;
  declare at: { token: number; layer: number } | null;

  constructor() {
    super();
    this.at = null;
  }

  static override styles = [
    shared,
    css`
      .scroll {
        overflow-x: auto;
      }
      svg {
        display: block;
        shape-rendering: crispEdges;
      }
      .step-0 {
        fill: var(--sunken);
      }
      .below-1 {
        fill: var(--below-1);
      }
      .below-2 {
        fill: var(--below-2);
      }
      .below-3 {
        fill: var(--below-3);
      }
      .below-4 {
        fill: var(--below-4);
      }
      .above-1 {
        fill: var(--above-1);
      }
      .above-2 {
        fill: var(--above-2);
      }
      .above-3 {
        fill: var(--above-3);
      }
      .above-4 {
        fill: var(--above-4);
      }
      .stroke,
      .answer {
        fill: none;
        stroke: var(--ink);
      }
      .at {
        fill: none;
        stroke: var(--ink);
        stroke-width: 2px;
      }
      .key {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        margin-block-start: 0.4rem;
        font-size: 0.85rem;
        color: var(--ink-soft);
      }
      .key svg {
        flex: none;
      }
      .cell {
        min-block-size: 1.5em;
      }
      table {
        border-collapse: collapse;
        font-size: 0.9rem;
      }
      th,
      td {
        padding: 0.15rem 0.9rem 0.15rem 0;
        text-align: end;
      }
      /* Paper neither scrolls nor is pointed at. */
      @media print {
        .scroll {
          overflow: visible;
        }
        .scroll svg {
          max-inline-size: 100%;
          block-size: auto;
        }
        .cell {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const { map } = this;
    const [width, height] = [CELL * (map.z[0]?.length ?? 0), CELL * map.layers.length];
    // The first token is not read.
    const read = map.z.map(row => row.map((value, token) => (token === 0 ? 0 : value)));
    const said = words.steer.map;
    const border = CELL * map.from - 0.5;
    return html`<div class="scroll" role="group" aria-label=${said.group} tabindex="0" @keydown=${this.#key} @blur=${this.#leave}>
        <svg
          viewBox="0 0 ${width} ${height}"
          width=${rem(width)}
          height=${rem(height)}
          role="img"
          aria-label=${this.#words()}
          @pointermove=${this.#point}
          @pointerleave=${this.#leave}
        >
          ${cells(read)}
          ${svg`<path class="answer" d="M${border} 0V${height}" />`}
          ${this.#mark()}
        </svg>
      </div>
      <div class="key" aria-hidden="true">
        ${said.key(html`<svg viewBox="0 0 ${CELL * STEPS.length} ${CELL}" width=${rem(CELL * STEPS.length)} height=${rem(CELL)}>${cells([STEPS])}</svg>`)}
      </div>
      <p class="soft small">${said.axes} <ts-help of="layer"></ts-help></p>
      <p class="cell soft small num" aria-live=${this.at === null ? 'off' : 'polite'}>${this.#cell()}</p>
      <details>
        <summary>${said.table}</summary>
        <table class="num">
          <thead>
            <tr><th scope="col">${said.layer}</th><th scope="col">${said.prompt}</th><th scope="col">${said.answer}</th></tr>
          </thead>
          <tbody>
            ${map.layers.map((layer, i) => {
              const cell = (average: number | null) => (average === null ? '–' : signed(average));
              const { prompt, answer } = this.#means(i);
              return html`<tr>
                <th scope="row">${layer}</th>
                <td>${cell(prompt)}</td>
                <td>${cell(answer)}</td>
              </tr>`;
            })}
          </tbody>
        </table>
        <p class="soft small">${said.means}</p>
      </details>
      <ts-layer-table .map=${map}></ts-layer-table>`;
  }

  /** The means of a layer. The first token's stream is of its own kind. */
  #means(layer: number): { prompt: number | null; answer: number | null } {
    const { z, from } = this.map;
    const row = z[layer] ?? [];
    return { prompt: mean(row.slice(1, from)), answer: mean(row.slice(from)) };
  }

  #words(): string {
    const { trait, layers } = this.map;
    const answers = layers.flatMap((layer, i) => {
      const { answer } = this.#means(i);
      return answer === null ? [] : [{ layer, answer }];
    });
    const most = answers.toSorted((a, b) => b.answer - a.answer);
    const [high, low] = [most[0], most.at(-1)];
    const said = words.steer.map;
    const name = traitWithin(trait);
    if (!high || !low) return said.words(name);
    const told = ({ layer, answer }: { layer: number; answer: number }) => ({ layer, z: signed(answer) });
    return said.extremes(name, told(high), told(low));
  }

  /** Where the cell is that is told of. */
  #mark() {
    const { at, map } = this;
    if (!at) return nothing;
    const y = CELL * (map.layers.length - 1 - at.layer);
    return svg`<rect class="at" x=${CELL * at.token} y=${y} width=${CELL} height=${CELL} />`;
  }

  #cell(): string {
    const { at, map } = this;
    const { map: said, token } = words.steer;
    if (!at) return said.point;
    const z = map.z[at.layer]?.[at.token];
    const text = map.pieces[at.token]?.trim() || '⏎';
    const part = at.token < this.map.from ? 'prompt' : 'answer';
    const value = at.token === 0 || z === undefined ? token.notRead : token.deviations(signed(z, 1));
    return said.cell(text, part, map.layers[at.layer], value);
  }

  #point = (event: PointerEvent) => {
    const { left, top, height } = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    const { length } = this.map.layers;
    const cell = height / length;
    this.#go(
      Math.floor((event.clientX - left) / cell),
      length - 1 - Math.floor((event.clientY - top) / cell),
    );
  };

  #leave = () => {
    this.at = null;
  };

  #key = async (event: KeyboardEvent) => {
    const [token, layer] = this.at ? [this.at.token, this.at.layer] : [this.map.from, 0];
    const to = {
      ArrowRight: [token + 1, layer],
      ArrowLeft: [token - 1, layer],
      ArrowUp: [token, layer + 1],
      ArrowDown: [token, layer - 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#go(to[0] ?? 0, to[1] ?? 0);
    await this.updateComplete;
    const mark = this.renderRoot.querySelector('.at');
    mark?.scrollIntoView({ behavior: 'instant', block: 'nearest', inline: 'nearest' });
  };

  #go(token: number, layer: number): void {
    const { layers, z } = this.map;
    const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
    this.at = { token: within(token, z[0]?.length ?? 1), layer: within(layer, layers.length) };
  }
}

/** All cells of a colour as one path, and a stroke in those below neutral text, which colour alone would not tell in grey. */
function cells(rows: number[][]) {
  const paths = new Map(STEPS.map(step => [step, '']));
  let strokes = '';
  rows.forEach((row, layer) => {
    row.forEach((value, token) => {
      const step = Math.max(-MOST, Math.min(MOST, Math.round(value)));
      const [x, y] = [CELL * token, CELL * (rows.length - 1 - layer)];
      paths.set(step, `${paths.get(step)}M${x} ${y}h${CELL}v${CELL}h${-CELL}z`);
      if (step < 0) strokes += `M${x + 3} ${y + CELL / 2}h3`;
    });
  });
  const kind = (step: number) =>
    step === 0 ? 'step-0' : `${step < 0 ? 'below' : 'above'}-${Math.abs(step)}`;
  return svg`
    ${STEPS.map(step => (paths.get(step) ? svg`<path class=${kind(step)} d=${paths.get(step)} />` : null))}
    ${strokes ? svg`<path class="stroke" d=${strokes} />` : null}
  `;
}

customElements.define('ts-layer-map', LayerMapElement);
