import { css, html } from 'lit';
import { words } from '../../i18n/all';
import type { Saved } from '../earlier';
import { when } from '../facts';
import { latestFirst } from '../ids';
import { titleOf } from '../kept-title';
import type { OwnDirections, OwnHead } from '../own-directions';
import { traitName } from '../wording';
import './ask';
import { SessionElement, shared } from './base';
import { undoLine } from './undo';

/** The results that are kept in this browser. Tells with an `emptied` event that all were deleted, and with them the button that had the focus. */
export class EarlierElement extends SessionElement {
  static override styles = [
    shared,
    css`
      ul {
        list-style: none;
        margin: 0 0 0.75rem;
        padding: 0;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.4rem 1rem;
        border-block-end: 1px solid var(--line);
        padding-block: 0.6rem;
        overflow-wrap: anywhere;
      }
      li > span {
        flex: 1 1 14rem;
        min-inline-size: 0;
      }
    `,
  ];

  override render() {
    const { earlier, busy, steer } = this.session;
    const { all, deleted } = earlier;
    const own = steer.kept;
    const said = words.kept;
    const directions = own.all.length;
    if (all.length + deleted.length + directions + own.deleted.length === 0) return null;
    return html`<details data-earlier=${all.length} data-own=${directions}>
      <summary>${said.summary(all.length, directions)}</summary>
      <ul>
        ${latestFirst([...all, ...deleted]).map(result => {
          const what = titleOf(result);
          const title = said.title(what, result.model, when(result));
          const gone = deleted.find(each => each === result);
          return html`<li data-id=${result.id}>
            ${
              gone
                ? undoLine(said.deleted(title), title, () => this.#undo(gone, title))
                : html`
            <span>
              <strong>${what}</strong><br />
              <span class="soft small">${said.source(result.model, when(result))}</span>
            </span>
            <button
              ?disabled=${busy}
              aria-label=${result.opens ? said.openOf(title) : said.saveOf(title)}
              @click=${() => earlier.open(result)}
            >
              ${result.opens ? said.open : said.save}
            </button>
            <button data-delete aria-label=${said.deleteOf(title)} @click=${() => this.#delete(result.id, title)}>${said.delete}</button>`
            }
          </li>`;
        })}
        ${latestFirst([...own.all, ...own.deleted]).map(head => this.#direction(head))}
      </ul>
      ${
        // A study or a text under way is pushed along one of them.
        all.length + directions > 0 && !(busy && directions > 0)
          ? html`<ts-ask
              label=${said.deleteAll}
              question=${said.sureOfAll(all.length, directions)}
              yes=${words.common.sure}
              no=${words.common.spare}
              @sure=${this.#deleteAll}
            ></ts-ask>`
          : null
      }
    </details>`;
  }

  /** A direction of the visitor's own, or that it was deleted. */
  #direction(head: OwnHead) {
    const { busy, steer } = this.session;
    const said = words.kept;
    const what = said.direction(traitName(head.trait));
    const title = said.title(what, head.model.name, when(head));
    const gone = steer.kept.deleted.find(each => each.id === head.id);
    return html`<li data-id=${head.id}>
      ${
        gone
          ? undoLine(said.deleted(title), title, () => this.#bringBack(gone, title))
          : html`<span><strong>${what}</strong><br /><span class="soft small">${said.source(head.model.name, when(head))}</span></span>
            <button data-delete ?disabled=${busy} aria-label=${said.deleteOf(title)} @click=${() => this.#forget(head, title)}>${said.delete}</button>`
      }
    </li>`;
  }

  async #forget(head: OwnHead, title: string): Promise<void> {
    await this.session.steer.forget(head);
    this.say(words.kept.deleted(title));
    await this.focusOn(`[data-id="${CSS.escape(head.id)}"] [data-undo]`, 'summary');
  }

  async #bringBack(gone: OwnDirections['deleted'][number], title: string): Promise<void> {
    await this.session.steer.undoForget(gone);
    this.say(words.kept.back(title));
    await this.focusOn(`[data-id="${CSS.escape(gone.id)}"] button`);
  }

  async #delete(id: string, title: string): Promise<void> {
    await this.session.earlier.delete(id);
    this.say(words.kept.deleted(title));
    await this.focusOn(`[data-id="${id}"] [data-undo]`, 'summary');
  }

  async #undo(result: Saved, title: string): Promise<void> {
    if (await this.session.earlier.undo(result)) this.say(words.kept.back(title));
    await this.focusOn(`[data-id="${result.id}"] button`);
  }

  #deleteAll = async () => {
    await this.session.earlier.deleteAll();
    await this.session.steer.forgetAll();
    this.say(words.kept.allDeleted);
    this.dispatchEvent(new Event('emptied'));
  };
}

customElements.define('ts-earlier', EarlierElement);
