import { css, html } from 'lit';
import { language, words } from '../../i18n/all';
import { unitKey } from '../../lib/units';
import { isOf } from '../kept-runs';
import { SessionElement, shared } from './base';
import './notice';

/** A test that did not come to its end: what there is of it, and how to go on. */
export class KeptRunElement extends SessionElement {
  static override styles = [
    shared,
    css`
      .row {
        margin-block-start: 0.6rem;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { model, unfinished } = session;
    const kept = unfinished.run;
    if (!kept || session.run?.status === 'running') return null;
    const asked = new Set(kept.rows.map(unitKey)).size;
    const all = kept.inventory?.items.length ?? kept.bank.items.length;
    const said = words.kept;
    const begun = kept.inventory ? said.unfinishedStatements : said.unfinishedItems;
    const when = new Date(kept.date).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
    const other = model && !isOf(kept, model.info);
    return html`<ts-notice kind="info">
      <p>
        ${begun(kept.model.name, when, asked, all)}
        ${unfinished.others > 0 ? said.others(unfinished.others) : null}
        ${model === null ? said.loadIt : other ? said.loadOther(kept.model.name, model.info.name) : null}
      </p>
      <div class="row">
        <button ?disabled=${!unfinished.canGoOn} @click=${() => unfinished.goOn()}>${said.goOn}</button>
        <button ?disabled=${session.busy} @click=${() => unfinished.giveUp()}>${said.forget}</button>
      </div>
    </ts-notice>`;
  }
}

customElements.define('ts-kept-run', KeptRunElement);
