import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { exampleReport, exampleSteering, type ReportExample, type SteeringExample } from '../examples';
import { deviceDetail, when } from '../facts';
import { shared } from './base';
import './report';
import './twin-texts';

/** A recorded example, marked as one: a report of a test, or a text with its steered twin. */
export class ExamplesElement extends LitElement {
  static override properties = { of: {}, report: { state: true }, steering: { state: true } };
  declare of: 'report' | 'steering';
  declare report: ReportExample | null;
  declare steering: SteeringExample | null;

  constructor() {
    super();
    this.report = null;
    this.steering = null;
  }

  static override styles = [
    shared,
    css`
      section {
        border: 1px solid var(--line);
        border-radius: 16px;
        padding: clamp(1.1rem, 4vw, 1.9rem);
      }
      section > * + * {
        margin-block-start: 1rem;
      }
      .mark {
        display: inline-block;
        border-radius: 99px;
        padding: 0.15rem 0.75rem;
        background: var(--warn-soft);
        color: var(--warn);
        font-weight: 650;
        font-size: 0.9rem;
      }
      .marks {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 0.9rem;
      }
      blockquote {
        margin: 1rem 0 0;
        padding: 0.75rem 1rem;
        border-radius: 12px;
        background: var(--sunken);
      }
    `,
  ];

  override async firstUpdated(): Promise<void> {
    // Where it cannot be fetched there is no example; all else works.
    if (this.of === 'report') this.report = await exampleReport().catch(() => null);
    else this.steering = await exampleSteering().catch(() => null);
  }

  override render() {
    if (this.report) return this.#report(this.report);
    return this.steering ? this.#steering(this.steering) : null;
  }

  #report(report: ReportExample) {
    const { model } = report;
    return html`<section aria-labelledby="heading" data-example="report">
      ${this.#mark(model.name, report)}
      <h2 id="heading">${words.places.examples.report}</h2>
      <ts-report .report=${report}></ts-report>
    </section>`;
  }

  #steering(example: SteeringExample) {
    const { model, date, question, dials, layers, unsteered, steered } = example;
    return html`<section aria-labelledby="heading" data-example="steering">
      ${this.#mark(model, example)}
      <h2 id="heading">${words.places.examples.steering}</h2>
      <p class="soft">${words.places.examples.steeringHint}</p>
      <blockquote>${question}</blockquote>
      <ts-twin-texts
        .unsteered=${unsteered}
        .steered=${steered}
        .dials=${dials}
        .layers=${layers}
        model=${model}
        date=${date}
      ></ts-twin-texts>
    </section>`;
  }

  #mark(model: string, { device, machine, date }: Pick<ReportExample, 'device' | 'machine' | 'date'>) {
    const on = [device.kind.toUpperCase(), deviceDetail(device)].filter(Boolean).join(', ');
    const said = words.places.examples;
    return html`<p class="marks">
      <span class="mark">${said.mark}</span>
      <span class="soft small">${said.source(model, on, html`<span lang="en">${machine}</span>`, when({ date }))}</span>
    </p>`;
  }
}

customElements.define('ts-example-of', ExamplesElement);
