import { css } from 'lit';

/** What charts with two axes look like. */
export const chartStyles = css`
  svg {
    display: block;
    inline-size: 100%;
    block-size: auto;
    overflow: visible;
    font-size: 12.5px;
  }
  text {
    fill: var(--ink-soft);
  }
  @media (max-width: 36rem) {
    text {
      font-size: 22px;
    }
  }
  .grid {
    stroke: var(--line);
  }
  .axis {
    stroke: var(--line-strong);
  }
`;

/** What a value with its interval on a bar of its own looks like. */
export const barStyles = css`
  .track {
    fill: var(--sunken);
  }
  .whisker {
    stroke: var(--ink);
    stroke-width: 2;
  }
  .point {
    fill: var(--accent);
    stroke: var(--surface);
    stroke-width: 2;
  }
`;

/** What the signs of a chart mean, in a row below it. */
export const keyStyles = css`
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1.25rem;
    font-size: 0.85rem;
    color: var(--ink-soft);
  }
  .key span {
    display: inline-flex;
    align-items: center;
    gap: 0.45rem;
  }
`;

/** About five round numbers within a span. */
export function niceTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(6)),
  );
}
