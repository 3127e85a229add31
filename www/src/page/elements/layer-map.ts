import { css, html, LitElement, type PropertyValues } from 'lit';
import { mean } from '../dials';
import { signed } from '../format';
import type { LayerMap } from '../steer';
import { shared } from './base';

const CELL = { width: 9, height: 9 };

/** A map of a trait over layers and tokens: blue below neutral text, orange above. Its table holds the means. */
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
      canvas {
        display: block;
        image-rendering: pixelated;
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
    `,
  ];

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('map')) this.#draw();
  }

  override render() {
    const { map } = this;
    return html`<div class="scroll" role="group" aria-label="The map; the arrow keys go through it" tabindex="0" @keydown=${this.#key}>
        <canvas
          role="img"
          aria-label="${map.trait} at each layer (from the embedding at the bottom to the last layer at the top) for each token; the table below holds the means"
          @pointermove=${this.#point}
          @pointerleave=${() => {
            this.at = null;
          }}
        ></canvas>
      </div>
      <p class="cell soft small num" aria-live="polite">${this.#cell()}</p>
      <details>
        <summary>Layer by layer as a table</summary>
        <table class="num">
          <thead>
            <tr><th scope="col">Layer</th><th scope="col">Prompt</th><th scope="col">Answer</th></tr>
          </thead>
          <tbody>
            ${map.layers.map((layer, i) => {
              const row = map.z[i] ?? [];
              const cell = (values: number[]) => {
                const average = mean(values);
                return average === null ? '–' : signed(average, 2);
              };
              // The first token's stream is of its own kind.
              return html`<tr>
                <th scope="row">${layer}</th>
                <td>${cell(row.slice(1, this.map.from))}</td>
                <td>${cell(row.slice(this.map.from))}</td>
              </tr>`;
            })}
          </tbody>
        </table>
        <p class="soft small">Mean z-scores against neutral text, without the first token.</p>
      </details>`;
  }

  #cell(): string {
    const { at, map } = this;
    if (!at) return 'Left to right: the tokens; bottom to top: the layers.';
    const z = map.z[at.layer]?.[at.token];
    const text = map.pieces[at.token]?.trim() || '⏎';
    const part = at.token < this.map.from ? 'prompt' : 'answer';
    return `“${text}” (${part}), layer ${map.layers[at.layer]}: ${at.token === 0 || z === undefined ? 'not read' : `${signed(z, 1)} standard deviations`}`;
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const { z, layers } = this.map;
    const tokens = z[0]?.length ?? 0;
    canvas.width = tokens * CELL.width;
    canvas.height = layers.length * CELL.height;
    const style = getComputedStyle(this);
    const colour = (step: number) =>
      style.getPropertyValue(step === 0 ? '--sunken' : `--${step < 0 ? 'below' : 'above'}-${Math.abs(step)}`);
    z.forEach((row, layer) => {
      row.forEach((value, token) => {
        const step = token === 0 ? 0 : Math.max(-4, Math.min(4, Math.round(value)));
        context.fillStyle = colour(step);
        const y = (layers.length - 1 - layer) * CELL.height;
        context.fillRect(token * CELL.width, y, CELL.width, CELL.height);
      });
    });
    context.fillStyle = style.getPropertyValue('--ink');
    context.fillRect(this.map.from * CELL.width - 1, 0, 1, canvas.height);
  }

  #point = (event: PointerEvent) => {
    const layer = this.map.layers.length - 1 - Math.floor(event.offsetY / CELL.height);
    this.#go(Math.floor(event.offsetX / CELL.width), layer);
  };

  #key = (event: KeyboardEvent) => {
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
  };

  #go(token: number, layer: number): void {
    const { layers, z } = this.map;
    const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
    this.at = { token: within(token, z[0]?.length ?? 1), layer: within(layer, layers.length) };
  }
}

customElements.define('ts-layer-map', LayerMapElement);
