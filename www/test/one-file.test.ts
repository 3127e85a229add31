import { describe, expect, test, vi } from 'vitest';

vi.mock('#parts/files', () => ({
  alone: true,
  fetchFile: () => Promise.reject(new Error('asked for a file')),
}));

const { openModel } = await import('../src/lib/traitscope');

describe('a page that is one file', () => {
  for (const source of ['smollm2-135m-instruct-q4_1', 'https://example.org/model.gguf']) {
    test(`opens no model from the network: ${source}`, async () => {
      await expect(openModel(source)).rejects.toMatchObject({ code: 'model.file' });
    });
  }
});
