import { css, html } from 'lit';
import { unitKey } from '../../lib/units';
import { plural } from '../format';
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
    const { kept, model } = session;
    if (!kept || session.run?.status === 'running') return null;
    const asked = new Set(kept.rows.map(unitKey)).size;
    const all = kept.inventory?.items.length ?? kept.bank.items.length;
    const what = kept.inventory ? 'statement' : 'item';
    const when = new Date(kept.date).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
    const other = model && !isOf(kept, model.info);
    return html`<ts-notice kind="info">
      <p>
        The test of ${kept.model.name} begun on ${when} was not finished. Its answers to ${asked} of ${plural(all, what)} are kept in this browser.
        ${
          model === null
            ? 'Load that model to go on.'
            : other
              ? `It can be gone on with once ${kept.model.name} is loaded; now it is ${model.info.name}.`
              : null
        }
      </p>
      <div class="row">
        <button ?disabled=${!session.canGoOn} @click=${() => session.goOn()}>Go on with it</button>
        <button ?disabled=${session.busy} @click=${() => session.forgetKept()}>Forget it</button>
      </div>
    </ts-notice>`;
  }
}

customElements.define('ts-kept-run', KeptRunElement);
