import type { LabelStyle, Layout, Template } from '../types';
import type { Settings } from './settings';

/** A wording of the letter read-out, with labels of its own. */
export type Wording = 'T1' | 'T2' | 'T3';

export const WORDINGS: Wording[] = ['T1', 'T2', 'T3'];

export const LABEL_STYLES: LabelStyle[] = ['upper', 'lower', 'digits', 'roman', 'lower-roman'];

/** What a wording labels its answers with unless told otherwise; its template is then called as it is. */
const OWN: Record<Wording, LabelStyle> = { T1: 'upper', T2: 'digits', T3: 'upper' };

const OPTIONS = ['H1', 'H2', 'L1', 'L2'];

/** The 24 orders of the options by their names. */
function allOrders(): Layout[] {
  const orders = (left: string[]): string[] =>
    left.length === 0
      ? ['']
      : left.flatMap(first => orders(left.filter(other => other !== first)).map(rest => first + rest));
  const named: Record<string, Layout> = { H1L1H2L2: 'forward', L1H1L2H2: 'reversed' };
  return orders(OPTIONS).map(order => named[order] ?? order);
}

/** The forms in which a test's letters are asked. A scale of answers is shown in two orders only. */
export function formsOf(
  { templates, labels, orders }: Pick<Settings, 'templates' | 'labels' | 'orders'>,
  statements: boolean,
): { templates: Template[]; layouts: Layout[] } {
  const named = (wording: Wording): Template =>
    labels === 'own' || labels === OWN[wording] ? wording : `${wording}-${labels}`;
  return {
    templates: templates.map(named),
    layouts: orders === 'all' && !statements ? allOrders() : ['forward', 'reversed'],
  };
}

/** Templates whose labels are not A to D. */
export function relabelled(templates: Template[]): Template[] {
  return templates.filter(template =>
    template.includes('-') ? !template.endsWith('-upper') : OWN[template as Wording] !== 'upper',
  );
}
