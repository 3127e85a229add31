/** A short way through the places. */
export const tour = {
  begin: 'A short tour',
  label: 'Tour',
  step: (step: number, all: number) => `${step} of ${all}`,
  next: 'Next',
  back: 'Back',
  end: 'End the tour',
  steps: {
    model:
      'First a model: a small one is offered, or take a file of your own. It is downloaded once, checked, and runs on this computer. Below are recorded examples of what will come.',
    test: 'Then the test: situations with four answers, or statements to rate. Factual questions come first, to show whether the answers can be read at all.',
    results:
      'Here is what came of it: a score for each trait, how sure it is, and what would change it. Save it, print it, or hold several against each other.',
    steer:
      'Push the model along the direction of a trait and watch its text change, token by token. Then ask whether the push moves the test by more than chance would.',
    monitor: 'A meter reads a trait before each answer. Does it tell the answer, or only the instruction?',
    about:
      'What all of this can and cannot tell, every word explained, a link for a class, and every request that this page made.',
  },
};
