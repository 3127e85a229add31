import { css, html, nothing } from 'lit';
import { words } from '../../i18n';
import { SessionElement, shared } from './base';
import './notice';

/** That the browser did not keep results, and the way to save them; nothing where all was kept. */
export class UnkeptElement extends SessionElement {
  static override styles = [
    shared,
    css`
      button {
        margin-block-start: 0.6rem;
      }
    `,
  ];

  override render() {
    const { unkept } = this.session;
    const { error, results } = unkept;
    if (!error) return nothing;
    const said = words.recovery;
    return html`<ts-notice kind="warn" .of=${error}></ts-notice>
      ${results.length > 0 ? html`<button data-save-unkept @click=${() => unkept.save()}>${said.saveUnkept(results.length)}</button>` : nothing}`;
  }
}

customElements.define('ts-unkept', UnkeptElement);
