import { css, html, nothing } from 'lit';
import { words } from '../../i18n';
import type { CatalogueEntry } from '../../lib/traitscope';
import type { Fit } from '../fit';
import { bytes } from '../format';
import { needOf } from '../memory-need';
import { licenceName, sentence } from '../wording';

/** What a card shows of a model. */
export interface Card {
  entry: CatalogueEntry;
  fit: Fit;
  /** Whether its file is kept on this computer. */
  here: boolean;
  /** Whether it is the one that is loaded on request. */
  chosen: boolean;
  /** Called when the user chooses it; null where there is no other. */
  choose: (() => void) | null;
}

/** Not every browser has a place where a page may keep a file of that size. */
const KEEPS = navigator.storage && 'getDirectory' in navigator.storage;

/** A model of the catalogue: what it takes, and whether this device has that. */
export function modelCard({ entry, fit, here, chosen, choose }: Card) {
  const state = fit.fits === null ? 'unknown' : fit.fits ? 'yes' : 'no';
  const facts = `facts-${entry.id}`;
  const { card } = words.model;
  const host = foreignHost(entry);
  return html`<article
    class="card ${chosen && choose ? 'chosen' : ''} ${fit.fits === false ? 'dimmed' : ''}"
    data-model=${entry.id}
    data-fit=${state}
  >
    <div class="head">
      ${
        choose
          ? html`<input
              type="radio"
              name="model"
              id=${`choose-${entry.id}`}
              aria-describedby=${facts}
              .checked=${chosen}
              @change=${choose}
            />`
          : nothing
      }
      <div>
        ${
          choose
            ? html`<label class="name" for=${`choose-${entry.id}`}>${entry.name}</label>`
            : html`<div class="name">${entry.name}</div>`
        }
        <div class="soft small">
          ${here ? card.here : KEEPS ? card.downloadOnce : card.downloadEach}
        </div>
      </div>
    </div>
    <div id=${facts}>
      <dl>
        <dt>${card.size}</dt>
        <dd>${bytes(entry.bytes)}</dd>
        <dt>${card.licence}</dt>
        <dd>${licence(entry)}</dd>
        <dt>${card.memory}</dt>
        <dd>${memory(entry)}</dd>
        ${here || !host ? nothing : html`<dt>${card.from}</dt><dd data-from>${host}</dd>`}
        ${entry.sha256 === null ? html`<dt>${card.checksum}</dt><dd data-unverified>${card.unverified}</dd>` : nothing}
      </dl>
      <p class="verdict ${state}">
        ${card.verdict(html`<strong>${card.verdicts[state]}</strong>`, fit.reasons)}
      </p>
    </div>
  </article>`;
}

/** What was measured of this device, for whoever wants to know. */
export function measured({ facts }: Fit) {
  return html`<details class="small">
    <summary>${words.model.card.measured}</summary>
    <ul>
      ${facts.map(fact => html`<li>${words.model.card.fact(sentence(fact))}</li>`)}
    </ul>
  </details>`;
}

/** The server that has a model's file, where that is another than the page's. */
export function foreignHost({ address }: CatalogueEntry): string | null {
  const { origin, host } = new URL(address);
  return origin === location.origin ? null : host;
}

function licence(entry: CatalogueEntry) {
  const name = licenceName(entry.licence);
  const address = entry.licence_url;
  // Only an address that a browser opens as a page.
  if (typeof address !== 'string' || !address.startsWith('https://')) return name;
  return html`<a href=${address} target="_blank" rel="noreferrer">${name}</a>`;
}

function memory(entry: CatalogueEntry): string {
  const need = needOf(entry);
  const { about, unknown } = words.model.card;
  return need ? about(bytes(need.total)) : unknown;
}

export const cardStyles = css`
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    border: 1px solid var(--line);
    border-radius: 12px;
    padding: 0.9rem 1rem;
    min-inline-size: 0;
  }
  .card.chosen {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  /* Less ink and not less contrast: the reason has to be read. */
  .card.dimmed {
    background: var(--sunken);
    border-style: dashed;
    color: var(--ink-soft);
  }
  .head {
    display: flex;
    gap: 0.75rem;
  }
  .head input {
    margin-block-start: 0.3rem;
  }
  .name {
    font-size: 1.1rem;
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  /* The whole head of a card chooses it. */
  label.name::after {
    content: "";
    position: absolute;
    inset: 0 0 auto;
    block-size: 4rem;
    cursor: pointer;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.25rem 1rem;
    margin: 0;
    font-size: 0.95rem;
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  a {
    color: var(--accent-strong);
  }
  .verdict {
    margin-block-start: 0.6rem;
    font-size: 0.95rem;
  }
  .verdict.yes strong {
    color: var(--good);
  }
  .verdict.no strong {
    color: var(--bad);
  }
  ul {
    margin: 0.25rem 0 0;
    padding-inline-start: 1.2rem;
    color: var(--ink-soft);
  }
  @media (max-width: 32rem) {
    dl {
      grid-template-columns: 1fr;
      gap: 0;
    }
    dd + dt {
      margin-block-start: 0.4rem;
    }
  }
`;
