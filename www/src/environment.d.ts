/** The program's version, put in by the build. */
declare const TRAITSCOPE_VERSION: string;

/** Names of the traits whose texts come with the page, put in by the build. */
declare const TRAITSCOPE_TRAITS: string[];

/** What the browser has and TypeScript's DOM library does not name. */

interface FileSystemReadWriteOptions {
  at?: number;
}

/** A file of the origin's private storage, read and written synchronously inside a worker. */
interface FileSystemSyncAccessHandle {
  read(buffer: ArrayBufferView, options?: FileSystemReadWriteOptions): number;
  write(buffer: ArrayBufferView, options?: FileSystemReadWriteOptions): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(options?: {
    mode: 'readwrite' | 'read-only' | 'readwrite-unsafe';
  }): Promise<FileSystemSyncAccessHandle>;
  /** Renames the file within its folder; not in every browser. */
  move?(name: string): Promise<void>;
}

interface TrustedScriptURL {
  toString(): string;
}

interface TrustedTypePolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): TrustedScriptURL };
}

interface Window {
  trustedTypes?: TrustedTypePolicyFactory;
}
