import { css, html, type TemplateResult } from 'lit';
import { language, type Words, words } from '../../i18n/all';
import type { StudyResult } from '../../types';
import { duration } from '../format';
import type { Session } from '../session';
import type { Extent, Study } from '../study';
import { gateLine, statementGateLine, traitName } from '../wording';
import './notice';
import { wayOut } from './way-out';

/** What the steps with studies look like. */
export const studyStyles = css`
  .stack > * + * {
    margin-block-start: 1.25rem;
  }
  fieldset {
    border: none;
    margin: 0;
    padding: 0;
    min-inline-size: 0;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
    gap: 0.75rem;
  }
  .kind {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
    border: 1px solid var(--line);
    border-radius: 12px;
    padding: 0.75rem 0.9rem;
    cursor: pointer;
  }
  .kind:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    margin-block-end: 0.4rem;
  }
  .lean {
    font-size: 1.1rem;
    line-height: 1.45;
    max-inline-size: 44em;
  }
`;

/** What tables of numbers look like. */
export const tableStyles = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 0.9rem;
    min-inline-size: 36rem;
  }
  th,
  td {
    padding: 0.35rem 0.9rem 0.35rem 0;
    text-align: start;
    border-block-end: 1px solid var(--line);
    vertical-align: top;
  }
  tbody th {
    font-weight: 500;
    min-inline-size: 9rem;
  }
  .text {
    min-inline-size: 16rem;
    overflow-wrap: anywhere;
  }
  caption {
    text-align: start;
    font-weight: 600;
    padding-block-end: 0.35rem;
  }
`;

/** The choice of a direction by its trait. */
export function directions(
  label: string,
  traits: string[],
  chosen: string,
  { steer }: Session,
  choose: (trait: string) => void,
): TemplateResult {
  return html`<div class="row">
    <label>${label}
      <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${traits.map(name => html`<option value=${name} ?selected=${name === chosen}>${traitName(name)}</option>`)}
      </select>
    </label>
    <span class="soft small">${words.study.atLayer(steer.layerOf(chosen))}</span>
  </div>`;
}

/** The choice of how much is asked. */
export function extents(
  chosen: Extent,
  hints: Record<Extent, string>,
  choose: (extent: Extent) => void,
): TemplateResult {
  const { extent, extents: titles } = words.study;
  const options = {
    quick: { title: titles.quick, hint: hints.quick },
    full: { title: titles.full, hint: hints.full },
  };
  return kinds(extent, chosen, options, choose);
}

/** A choice among a few things, each with a word on it. */
export function kinds<Kind extends string>(
  legend: string,
  chosen: Kind,
  options: Record<Kind, { title: string; hint: string }>,
  choose: (kind: Kind) => void,
): TemplateResult {
  return html`<fieldset>
    <legend class="visually-hidden">${legend}</legend>
    ${(Object.keys(options) as Kind[]).map(
      kind => html`<label class="kind">
        <input type="radio" name="kind" value=${kind} .checked=${kind === chosen} @change=${() => choose(kind)} />
        <span><strong>${options[kind].title}</strong><br /><span class="soft small">${options[kind].hint}</span></span>
      </label>`,
    )}
  </fieldset>`;
}

/** How far a study is, and how to stop it. `first` is what is done before anything is counted. */
export function underWay(study: Study, unit: keyof Words['study']['done'], first: string): TemplateResult {
  const said = words.study;
  const { secondsLeft } = study.pace;
  const left = secondsLeft === null ? said.estimating : said.left(duration(secondsLeft));
  const count = study.total > 0 ? said.done[unit](study.done.toLocaleString(language), study.total) : null;
  const stage = study.stage === null ? null : said.stages[study.stage];
  const what = stage && count ? said.counted(stage, count) : (stage ?? count ?? first);
  return html`<div>
      <div class="facts">
        <span id="what">${what}</span>
        <span class="soft num">${study.stopping ? said.stopping : left}</span>
      </div>
      ${
        study.total > 0
          ? html`<progress aria-labelledby="what" max=${study.total} value=${study.done}></progress>`
          : html`<progress aria-labelledby="what"></progress>`
      }
    </div>
    <div><button data-next ?disabled=${study.stopping} @click=${() => study.stop()}>${said.stop}</button></div>`;
}

/** What the factual questions of a study came to, a line for each way of reading. */
export function gateLines({ gate, statement_gate }: StudyResult): string[] {
  return [...gate.map(gateLine), ...statement_gate.map(statementGateLine)];
}

/** What went wrong or otherwise than expected, and whether it was with a model that is not the loaded one. */
export function remarks(study: Study | null, session: Session): TemplateResult | null {
  if (!study) return null;
  return html`
    ${
      study.model !== session.model && study.status === 'done'
        ? html`<ts-notice kind="warn">${words.study.otherModel(study.model.info.name)}</ts-notice>`
        : null
    }
    ${study.notices.map(notice => html`<ts-notice kind="warn" .of=${notice}></ts-notice>`)}
    ${study.error ? html`<ts-notice kind="bad" .of=${study.error}></ts-notice>${wayOut(study.error, session)}` : null}
  `;
}
