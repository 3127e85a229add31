import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { firstGuess, pace, questions, total } from '../expected';
import { decimal, duration } from '../format';
import { formsOf } from '../forms';
import { languageName } from '../inventories';
import { openFiles } from '../open-files';
import type { OwnFile } from '../own-files';
import type { Run } from '../run';
import { asked, type Selection, traitsOf } from '../selection';
import { QUICK } from '../settings';
import { SessionElement, shared } from './base';
import './example';
import './file-drop';
import './kept-run';
import { missingModel } from './missing';
import './notice';
import './options';
import './own-file';
import { RunInView } from './run-in-view';
import './step';
import { wayOut } from './way-out';

/** Choose the items and run them. */
export class TestStepElement extends SessionElement {
  static override styles = [
    shared,
    css`
      fieldset {
        border: none;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
      }
      .kinds {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
        gap: 0.75rem;
      }
      .kind {
        display: flex;
        gap: 0.7rem;
        align-items: flex-start;
        border: 1px solid var(--line-strong);
        border-radius: 12px;
        padding: 0.8rem 0.9rem;
        cursor: pointer;
      }
      .kind input {
        margin-block-start: 0.2rem;
      }
      .kind:has(:checked) {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
        background: var(--accent-soft);
      }
      .kind:has(:focus-visible) {
        outline: 3px solid var(--focus);
        outline-offset: 2px;
      }
      .kind input:focus-visible {
        outline: none;
      }
      .kind:has(:disabled) {
        opacity: 0.6;
        cursor: default;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0.25rem 1rem;
        margin-block-end: 0.4rem;
      }
      .inventories {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
        gap: 0.75rem 1.25rem;
      }
      .inventories label {
        font-weight: 600;
        min-inline-size: 0;
      }
      .inventories select {
        display: block;
        font-weight: 400;
        inline-size: 100%;
        margin-block-start: 0.35rem;
      }
    `,
  ];

  constructor() {
    super();
    this.addController(new RunInView(this));
  }

  override render() {
    const { session } = this;
    const { run, loading } = session;
    const state = loading !== 'ready' ? 'waiting' : run?.complete ? 'done' : 'current';
    return html`<ts-step heading=${words.test.heading} state=${state}>
      <div class="stack">
        <ts-kept-run .session=${session}></ts-kept-run>
        ${
          run?.status === 'running'
            ? this.#running(run)
            : loading === 'ready'
              ? this.#choose()
              : this.#waiting()
        }
        ${this.#errors()}
      </div>
    </ts-step>`;
  }

  /** Before there is a model: what it will be asked. */
  #waiting() {
    const { selection, own } = this.session.items;
    const said = words.test;
    const holds = (size: string) => (own.used ? said.holdsOf(size, own.used.name) : said.holds(size));
    return html`<p class="soft">
        ${selection?.inventory ? said.rates : said.reads}
        ${selection ? holds(sizeOfSelection(selection)) : ''}
        ${said.onceLoaded}
      </p>
      ${missingModel(this.session)}`;
  }

  #choose() {
    const { session } = this;
    const { settings, run } = session;
    const { bundled, own, selection, inventories } = session.items;
    const useOwn = own.used !== null;
    const said = words.test;
    const traits = bundled ? traitsOf(bundled.items).length : 0;
    const limited = settings.items !== null || settings.traits !== null;
    const rated = !useOwn && settings.inventory !== null;
    const custom =
      !useOwn && !rated && (limited || (settings.per_trait !== null && settings.per_trait !== QUICK));
    const usual = settings.per_trait === QUICK ? 'quick' : 'standard';
    const kind = useOwn ? 'own' : rated ? 'inventory' : custom ? 'custom' : usual;
    const chosen = selection?.size ?? 0;
    const example = selection?.bank.items[0];
    // What comes next: the results, unless something else is chosen to be asked.
    const answered = run?.result && selection !== null && asked(selection, run.request);
    return html`
      <fieldset>
        <legend class="visually-hidden">${said.which}</legend>
        <div class="kinds">
          ${this.#kind('quick', kind, said.quick, said.quickSize(QUICK * traits, QUICK), () => this.#bundled(QUICK))}
          ${this.#kind('standard', kind, said.standard, said.standardSize(bundled?.items.length ?? 0), () => this.#bundled(null))}
          ${custom ? this.#kind('custom', kind, said.fromAddress, said.items(chosen), () => undefined) : null}
          ${
            inventories.length > 0
              ? this.#kind('inventory', kind, said.inventory, said.inventorySize, () =>
                  this.#inventory(settings.inventory ?? 'ipip-neo-120.en', null),
                )
              : null
          }
          ${
            own.file
              ? this.#kind('own', kind, said.own, sizeOf(own.file), () => session.items.choose(true, null))
              : null
          }
          ${own.kept
            .filter(file => file !== own.keptFile)
            .map(file => this.#kind(file.key, kind, said.kept, file.name, () => void own.choose(file)))}
        </div>
      </fieldset>
      ${rated ? this.#inventories() : null}
      ${session.hides('own') ? null : html`<ts-own-file .session=${session} @emptied=${() => this.focusOn('[data-next]')}></ts-own-file>`}
      <div class="row">
        ${run?.result ? html`<a class="button ${answered ? 'primary' : ''}" href="#results">${said.results}</a>` : null}
        <button
          class=${answered ? '' : 'primary'}
          data-next
          ?disabled=${chosen === 0}
          @click=${this.#start}
        >
          ${run ? said.again : said.run}
        </button>
        <span class="soft small">
          ${selection?.inventory ? said.afterStatements(said.statements(chosen)) : said.afterQuestions(said.items(chosen))}
          ${selection ? this.#expected(selection) : null}
        </span>
      </div>
      <div>
        ${example ? html`<ts-example .item=${example} spoken=${useOwn ? '' : 'en'}></ts-example>` : null}
        ${session.hides('options') ? null : html`<ts-options .session=${session}></ts-options>`}
      </div>
      ${
        session.hides('own')
          ? null
          : html`<ts-file-drop
        accept=".json,.jsonl,.csv,.tsv,.parquet"
        label=${said.ownFile}
        hint=${said.ownFileHint}
        @files=${(event: CustomEvent<File[]>) => openFiles(session, event.detail)}
      ></ts-file-drop>`
      }
    `;
  }

  /** How much that is to ask, and how long it will take where that is known. */
  #expected({ bank, inventory }: Selection) {
    const { settings, model, selfTest } = this.session;
    const { readouts, paraphrases, failing, gate } = settings;
    const all = questions({
      items: bank,
      inventory,
      readouts,
      ...formsOf(settings, inventory !== null),
      paraphrases,
      gate_questions: gate,
    });
    const count = total(all);
    const seconds = model && pace(model.info);
    const guess = model && firstGuess(all, selfTest);
    const said = words.test;
    const many = failing === 'skip' && gate > 0 ? said.atMost(count) : said.questions(count);
    const line = seconds
      ? said.askedPace(many, duration(seconds * count))
      : guess
        ? said.askedGuess(many, duration(guess))
        : said.asked(many);
    return html`<span data-questions=${count}>${line}</span>`;
  }

  /** Which inventory, in which language, and how much of it. */
  #inventories() {
    const { session } = this;
    const { settings } = session;
    const { inventories } = session.items;
    const [id = '', language = ''] = (settings.inventory ?? '').split('.');
    const languages = inventories.find(found => found.id === id)?.languages ?? [];
    const choose = (inventory: string, spoken: string) => {
      const there = inventories
        .find(found => found.id === inventory)
        ?.languages.some(found => found.id === spoken);
      this.#inventory(`${inventory}.${there ? spoken : 'en'}`, settings.per_trait);
    };
    const said = words.test;
    const value = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<div class="inventories">
      <label>${said.chooseInventory}
        <select @change=${(event: Event) => choose(value(event), language)}>
          ${inventories.map(found => html`<option value=${found.id} ?selected=${found.id === id}>${found.name}</option>`)}
        </select>
      </label>
      <label>${said.chooseLanguage}
        <select @change=${(event: Event) => choose(id, value(event))}>
          ${languages.map(found => html`<option value=${found.id} ?selected=${found.id === language}>${languageName(found)}</option>`)}
        </select>
      </label>
      <label>${said.howMany}
        <select @change=${(event: Event) => this.#inventory(`${id}.${language}`, value(event) === 'all' ? null : Number(value(event)))}>
          <option value="all" ?selected=${settings.per_trait === null}>${said.all}</option>
          ${[QUICK, 12].map(count => html`<option value=${count} ?selected=${settings.per_trait === count}>${said.ofEachDomain(count)}</option>`)}
        </select>
      </label>
    </div>`;
  }

  #inventory(id: string, perDomain: number | null): void {
    void this.session.items.chooseInventory(id, perDomain);
  }

  #kind(value: string, chosen: string, title: string, hint: string, choose: () => void) {
    return html`<label class="kind">
      <input type="radio" name="kind" value=${value} .checked=${value === chosen} @change=${choose} />
      <span><strong>${title}</strong><br /><span class="soft small">${hint}</span></span>
    </label>`;
  }

  #running(run: Run) {
    const { secondsLeft } = run.pace;
    const said = words.test;
    const items = said.done(run.itemsDone, run.itemsTotal);
    const asking = run.phase === 'gate';
    const done = asking ? said.factsFirst(items) : items;
    const rate = (asking ? run.pace : run.itemPace).rate;
    const perMinute = rate === null ? 0 : rate * 60;
    const figure = decimal(perMinute, perMinute < 10 ? 1 : 0);
    const pace = [
      rate === null ? null : (asking ? said.answersRate : said.itemsRate)(figure),
      secondsLeft === null ? said.estimating : said.left(duration(secondsLeft)),
    ].filter(text => text !== null);
    return html`<div>
        <div class="facts">
          <span id="what" data-items-done=${run.itemsDone}>${done}</span>
          <span class="soft num">${run.stopping ? said.stopping : pace.join(' · ')}</span>
        </div>
        ${
          run.total > 0
            ? html`<progress aria-labelledby="what" max=${run.total} value=${run.done}></progress>`
            : html`<progress aria-labelledby="what"></progress>`
        }
      </div>
      <div>
        <button data-next ?disabled=${run.stopping} @click=${() => run.stop()}>
          ${said.stop}
        </button>
      </div>`;
  }

  #errors() {
    const { run } = this.session;
    const { errors, selection } = this.session.items;
    return html`
      ${errors.map(error => html`<ts-notice kind="bad" .of=${error}></ts-notice>`)}
      ${
        selection && selection.size === 0
          ? html`<ts-notice kind="warn">${words.test.nothingLeft}</ts-notice>`
          : null
      }
      ${run?.openNotices.map(notice =>
        run.error?.code === notice.code
          ? html`<ts-notice kind="bad" .of=${run.error}></ts-notice>${wayOut(run.error, this.session)}`
          : html`<ts-notice kind="warn" .of=${notice}></ts-notice>`,
      )}
    `;
  }

  #bundled(perTrait: number | null): void {
    this.session.set({ traits: null, items: null });
    this.session.items.choose(false, perTrait);
  }

  #start = () => {
    this.acted();
    void this.session.startRun();
  };
}

/** How many of what is asked. */
function sizeOfSelection({ size, inventory }: Selection): string {
  return inventory ? words.test.statements(size) : words.test.items(size);
}

/** How many of what a file holds. */
function sizeOf({ name, instrument }: OwnFile): string {
  const said = words.test;
  return instrument.kind === 'items'
    ? said.ownSize(name, said.items(instrument.bank.items.length))
    : said.ownSize(name, said.statements(instrument.inventory.items.length));
}

customElements.define('ts-test-step', TestStepElement);
