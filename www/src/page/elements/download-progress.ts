import { css, html, nothing } from 'lit';
import { words } from '../../i18n';
import type { Notice } from '../../types';
import { bytes, duration } from '../format';
import { told } from '../page-error';
import { Rate } from '../rate';
import { phaseName, sentence } from '../wording';
import { SessionElement, shared } from './base';
import { original } from './notice';

/** Seconds without a byte after which that is said. */
const SILENCE = 5;

/** How far the loading of a model is; of a download also how fast it goes and how long it will take. */
export class DownloadProgressElement extends SessionElement {
  #rate = new Rate();
  #clock: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    shared,
    css`
      .bytes {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        margin-block-end: 0.4rem;
      }
      .speed {
        margin-block-start: 0.4rem;
        min-block-size: 1.4em;
      }
      .row {
        margin-block-start: 0.75rem;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    // A download that stands still sends no news of it.
    this.#clock = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  override willUpdate(): void {
    const { progress } = this.session;
    if (progress?.phase === 'download') this.#rate.add(progress.done, performance.now());
  }

  override render() {
    const { loading, progress, cancelling, pausing, cancellable } = this.session;
    const known = loading === 'loading' && progress !== null && progress.total > 0;
    const downloading = loading === 'loading' && progress?.phase === 'download';
    const said = words.model.download;
    const what = loading === 'testing' ? said.checking : phaseName(progress?.phase ?? 'start');
    return html`<div>
        <div class="bytes">
          <span id="what">${said.goesOn(what)}</span>
          <span class="num soft" data-progress>
            ${cancelling ? said.cancelling : pausing ? said.pausing : this.#amount()}
          </span>
        </div>
        ${
          known
            ? html`<progress aria-labelledby="what" max=${progress.total} value=${progress.done}></progress>`
            : html`<progress aria-labelledby="what"></progress>`
        }
        ${downloading ? html`<div class="speed num soft small" data-speed>${this.#speed()}</div>` : nothing}
        ${progress?.notice && loading === 'loading' ? this.#notice(progress.notice) : nothing}
      </div>
      ${
        cancellable
          ? html`<div class="row">
              ${
                downloading || progress?.phase === 'elsewhere'
                  ? html`<button ?disabled=${cancelling || pausing} @click=${this.#pause}>${said.pause}</button>`
                  : nothing
              }
              <button data-next ?disabled=${cancelling || pausing} @click=${this.#cancel}>${said.cancel}</button>
            </div>`
          : nothing
      }`;
  }

  #notice(notice: Notice) {
    const said = told(notice);
    return html`<p class="small" data-notice>
      ${words.model.download.notice(sentence(said.text))} ${original(said)}
    </p>`;
  }

  #amount(): string | null {
    const said = words.model.download;
    const { loading, progress } = this.session;
    if (loading !== 'loading' || !progress) return null;
    const { phase, done, total } = progress;
    const inBytes = phase === 'download' || phase === 'verify' || phase === 'elsewhere';
    if (total === 0) return phase === 'download' ? said.ofUnknown(bytes(done)) : null;
    return inBytes ? said.of(bytes(done), bytes(total)) : said.percent(Math.floor((100 * done) / total));
  }

  #speed(): string | null {
    const said = words.model.download;
    const { progress } = this.session;
    const now = performance.now();
    const silence = this.#rate.silence(now);
    if (silence > SILENCE) return said.silent(Math.floor(silence));
    const speed = this.#rate.speed(now);
    if (!progress || speed === null) return null;
    const left = this.#rate.secondsLeft(progress.total, now);
    return left === null || left === 0
      ? said.speed(bytes(speed))
      : said.speedAndTime(bytes(speed), duration(left));
  }

  #pause = () => {
    this.acted();
    this.session.pauseLoad();
  };

  #cancel = () => {
    this.acted();
    this.session.cancelLoad();
  };
}

customElements.define('ts-download-progress', DownloadProgressElement);
