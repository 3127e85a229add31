import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { unitKey } from '../../lib/units';
import { when } from '../facts';
import type { KeptRun } from '../kept-runs';
import { SessionElement, shared } from './base';
import './notice';
import { undoLine } from './undo';

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
    const { unfinished } = session;
    if (session.run?.status === 'running' || (!unfinished.found && unfinished.forgotten.length === 0))
      return null;
    return html`<div class="stack">
      ${unfinished.forgotten.toReversed().map(run => html`<div class="row">${undoLine(...this.#forgotten(run), () => this.#undo(run))}</div>`)}
      ${unfinished.found ? this.#left(unfinished.found) : null}
    </div>`;
  }

  #left({ head, parts }: KeptRun) {
    const { session } = this;
    const { model, unfinished } = session;
    const asked = new Set(parts.map(unitKey)).size;
    const all = head.inventory?.items.length ?? head.bank.items.length;
    const said = words.kept;
    const can = unfinished.canGoOn(model);
    const begun = head.inventory ? said.unfinishedStatements : said.unfinishedItems;
    return html`<ts-notice kind="info">
      <p>
        ${begun(head.model.name, when(head), asked, all)}
        ${unfinished.others > 0 ? said.others(unfinished.others) : null}
        ${model === null ? said.loadIt : can ? null : said.loadOther(head.model.name, model.info.name)}
      </p>
      <div class="row">
        <button ?disabled=${!can || session.busy} @click=${() => unfinished.goOn()}>${said.goOn}</button>
        <button ?disabled=${session.busy} data-forget @click=${this.#forget}>${said.forget}</button>
      </div>
    </ts-notice>`;
  }

  /** That a test is forgotten, and what it is called. */
  #forgotten({ head }: KeptRun): [string, string] {
    const name = words.kept.testOf(head.model.name, when(head));
    return [words.kept.forgotten(name), name];
  }

  #forget = async () => {
    const { unfinished } = this.session;
    await unfinished.giveUp();
    const last = unfinished.forgotten.at(-1);
    if (last) this.say(this.#forgotten(last)[0]);
    await this.focusOn('[data-undo]', '[data-forget]');
  };

  async #undo(run: KeptRun): Promise<void> {
    if (await this.session.unfinished.undo(run)) this.say(words.kept.back(this.#forgotten(run)[1]));
    await this.focusOn('[data-forget]');
  }
}

customElements.define('ts-kept-run', KeptRunElement);
