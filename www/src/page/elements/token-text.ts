import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { signed } from '../format';
import type { Token } from '../written';
import { shared } from './base';

/** Steps of colour on either side; a step is a standard deviation. */
const STEPS = 4;

/** The class of a token's colour. */
function shade(z: number | undefined): string {
  if (z === undefined) return '';
  const step = Math.max(-STEPS, Math.min(STEPS, Math.round(z)));
  return step < 0 ? `n${-step}` : step > 0 ? `p${step}` : '';
}

/**
 * A text whose tokens are coloured by a meter: blue and underlined below neutral text, orange above. The number of a token is told
 * where the pointer is, and for the keyboard with the arrow keys.
 */
export class TokenTextElement extends LitElement {
  static override properties = {
    tokens: { attribute: false },
    meter: { type: Number },
    label: {},
    busy: { type: Boolean },
    active: { state: true },
  };
  declare tokens: Token[];
  /** Which of a token's readings colours it. */
  declare meter: number;
  declare label: string;
  /** Whether more is to come. */
  declare busy: boolean;
  declare active: number | null;

  constructor() {
    super();
    this.tokens = [];
    this.meter = 0;
    this.label = '';
    this.busy = false;
    this.active = null;
  }

  static override styles = [
    shared,
    css`
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        line-height: 1.7;
        min-block-size: 5.1em;
        padding: 0.15rem 0.35rem;
        border-radius: 8px;
      }
      .text span {
        padding-block: 0.12em;
        border-radius: 3px;
        print-color-adjust: exact;
        -webkit-print-color-adjust: exact;
      }
      .active {
        outline: 2px solid var(--ink);
      }
      /* Seen also by eyes that take the two colours for one, and on grey paper. */
      .n1, .n2, .n3, .n4 {
        text-decoration: underline;
        text-decoration-thickness: 1px;
        text-decoration-color: var(--ink-soft);
        text-underline-offset: 0.22em;
      }
      .n1 { background: var(--below-1); }
      .n2 { background: var(--below-2); }
      .n3 { background: var(--below-3); }
      .n4 { background: var(--below-4); }
      .p1 { background: var(--above-1); }
      .p2 { background: var(--above-2); }
      .p3 { background: var(--above-3); }
      .p4 { background: var(--above-4); }
      .reading {
        min-block-size: 1.5em;
      }
      .caret {
        color: var(--accent);
      }
      @media (prefers-reduced-motion: no-preference) {
        .caret {
          animation: blink 1s steps(2) infinite;
        }
        @keyframes blink {
          to {
            visibility: hidden;
          }
        }
      }
    `,
  ];

  override render() {
    return html`<div
        class="text"
        dir="auto"
        role="group"
        tabindex=${this.tokens.length > 0 ? 0 : -1}
        aria-label=${this.label}
        aria-describedby="reading"
        @keydown=${this.#key}
        @pointerleave=${() => {
          this.active = null;
        }}
      >${this.tokens.map(
        ({ text, z }, i) =>
          html`<span
            class="${shade(z[this.meter])} ${this.active === i ? 'active' : ''}"
            @pointermove=${() => {
              this.active = i;
            }}
            >${text}</span
          >`,
      )}${this.busy ? html`<span class="caret" aria-hidden="true">▍</span>` : null}</div>
      <p id="reading" class="reading soft small num" aria-live=${this.active === null ? 'off' : 'polite'}>${this.#reading()}</p>`;
  }

  #reading(): string {
    const token = this.active === null ? undefined : this.tokens[this.active];
    if (!token) return '';
    const z = token.z[this.meter];
    const said = words.steer.token;
    const value = z === undefined ? said.notRead : said.deviations(signed(z, 1));
    return said.reading(token.text.trim() || '⏎', (this.active ?? 0) + 1, this.tokens.length, value);
  }

  #key = (event: KeyboardEvent) => {
    const last = this.tokens.length - 1;
    const at = this.active ?? -1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.active = Math.max(0, Math.min(last, to));
  };
}

customElements.define('ts-token-text', TokenTextElement);
