import { words } from '../i18n/all';
import type { Wording } from './forms';

/** The letter templates for people: what is peculiar to each, and what the model gets to read (from templates.rs). */
export const TEMPLATES: Record<Wording, { readonly about: string; text: string }> = {
  T1: {
    get about() {
      return words.options.templates.T1;
    },
    text: `Somebody describes this to you: "[situation]"
[question] Which of these suggestions would you give?

A. [answer]
B. [answer]
C. [answer]
D. [answer]

Give the letter only. Your answer:`,
  },
  T2: {
    get about() {
      return words.options.templates.T2;
    },
    text: `Imagine this situation. [situation]
[question]

1 = [answer]
2 = [answer]
3 = [answer]
4 = [answer]

You have to choose one of the four, even if none fits well. Write nothing but its number.
Response:`,
  },
  T3: {
    get about() {
      return words.options.templates.T3;
    },
    text: `Question: [situation] [question]
A: [answer]
B: [answer]
C: [answer]
D: [answer]
Answer:`,
  },
};
