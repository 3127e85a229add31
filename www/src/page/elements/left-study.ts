import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { type LeftStudy, placeOfKind, traitOf, unitsAsked } from '../asked';
import { when } from '../facts';
import { unitsDone } from '../journal';
import { titleOf } from '../kept-title';
import type { Place } from '../places';
import { makeStudy } from '../study-kinds';
import { SessionElement, shared } from './base';
import './notice';
import { undoLine } from './undo';

/** A study that did not come to its end, in the place where it is carried out: what there is of it, and how to go on. */
export class LeftStudyElement extends SessionElement {
  static override properties = { ...SessionElement.properties, place: {} };
  declare place: Place;

  static override styles = [
    shared,
    css`
      .row {
        margin-block-start: 0.6rem;
      }
    `,
  ];

  override render() {
    const { studies, run } = this.session;
    const { found, forgotten } = studies.left;
    if (studies.running || run?.status === 'running') return null;
    const here = ({ head }: LeftStudy) => placeOfKind(head.asked.kind) === this.place;
    const gone = forgotten.filter(here).toReversed();
    if (gone.length === 0 && !(found && here(found))) return null;
    return html`<div class="stack">
      ${gone.map(study => html`<div class="row">${undoLine(words.kept.forgotten(nameOf(study)), nameOf(study), () => this.#undo(study))}</div>`)}
      ${found && here(found) ? this.#offer(found) : null}
    </div>`;
  }

  #offer(found: LeftStudy) {
    const { session } = this;
    const { model, studies } = session;
    const { left } = studies;
    const said = words.kept;
    const { head } = found;
    const can = left.canGoOn(model);
    const begun = found.parts.length > 1;
    return html`<ts-notice kind="info">
      <p data-left=${head.asked.kind}>
        ${said.unfinishedStudy(titleOf({ what: traitOf(head.asked), kind: head.asked.kind }), head.model.name, when(head))}
        ${soFar(found)} ${left.others > 0 ? said.others(left.others) : null}
        ${model === null ? said.loadForStudy : can ? null : said.loadOther(head.model.name, model.info.name)}
      </p>
      <div class="row">
        <button ?disabled=${!can || session.busy} data-go-on @click=${this.#goOn}>${begun ? said.goOn : said.beginAgain}</button>
        <button ?disabled=${session.busy} data-forget @click=${this.#forget}>${said.forget}</button>
      </div>
    </ts-notice>`;
  }

  #goOn = () => {
    this.acted();
    void this.session.studies.goOn(makeStudy);
  };

  #forget = async () => {
    const { left } = this.session.studies;
    await left.giveUp();
    this.session.changed();
    const last = left.forgotten.at(-1);
    if (last) this.say(words.kept.forgotten(nameOf(last)));
    await this.focusOn('[data-undo]', '[data-forget]');
  };

  async #undo(study: LeftStudy): Promise<void> {
    const back = await this.session.studies.left.undo(study);
    this.session.changed();
    if (back) this.say(words.kept.back(nameOf(study)));
    await this.focusOn('[data-forget]');
  }
}

/** What a study is called among others. */
function nameOf({ head }: LeftStudy): string {
  const { asked, model } = head;
  return words.kept.studyOf(titleOf({ what: traitOf(asked), kind: asked.kind }), model.name, when(head));
}

/** How far a study had come. */
function soFar(study: LeftStudy): string {
  const said = words.kept.soFar;
  const all = unitsAsked(study);
  const done = unitsDone(study.parts);
  const { asked } = study.head;
  if (done > 0 && all !== null) {
    const of = asked.kind === 'answers' && asked.request.inventory ? 'statements' : 'items';
    return said[of](done, all);
  }
  return study.parts.length > 1 ? said.prepared : said.nothing;
}

customElements.define('ts-left-study', LeftStudyElement);
