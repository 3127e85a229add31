import { language, words } from '../i18n/all';
import type { DeviceInfo, Template } from '../types';
import { listed } from './format';

/** What is known of a test or a study, line by line. */

/** A thing that is known of one and may make a difference between two. */
export interface Fact<Of> {
  /** In the language of the page, as are the values; what is saved says all of it in English. */
  readonly what: string;
  /** Null where it is not known. */
  of: (one: Of) => string | null;
  /** The usual value, which goes without saying in a report. */
  readonly usual?: string | undefined;
}

/** What is known and worth a line. */
export function known<Of>(facts: Fact<Of>[], one: Of): { what: string; value: string }[] {
  return facts.flatMap(({ what, of, usual }) => {
    const value = of(one);
    return value === null || value === usual ? [] : [{ what, value }];
  });
}

/** In what several differ as far as it is known, with the value of each. */
export function differing<Of>(facts: Fact<Of>[], all: Of[]): { what: string; values: string[] }[] {
  return facts.flatMap(({ what, of }) => {
    const values = all.map(of);
    const different = new Set(values.filter(value => value !== null)).size > 1;
    return different ? [{ what, values: values.map(value => value ?? words.facts.unknown) }] : [];
  });
}

/** When it began, for people. */
export function when({ date }: { date: string | null }): string {
  if (date === null) return words.facts.noDate;
  return new Date(date).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

export function yes(value: boolean): string {
  return value ? words.facts.yes : words.facts.no;
}

/** Adapter and backend. The CPU has no name of its own here. */
export function deviceDetail({ adapter, backend }: Partial<DeviceInfo>): string | null {
  if (adapter === undefined || backend === undefined) return null;
  return [adapter, backend].filter(text => text !== '' && text !== 'CPU').join(', ');
}

export function templates(names: Template[]): string {
  return names.length === 0 ? words.facts.none : listed(names);
}

export function orders(layouts: string[]): string {
  return layouts.length > 4 ? words.facts.all(layouts.length) : listed(layouts.map(layoutName));
}

/** An order of answers: the two usual ones by name, others by the options in their order. */
export function layoutName(layout: string): string {
  const { layouts } = words.facts;
  return layout === 'forward' || layout === 'reversed' ? layouts[layout] : layout;
}
