// How the browser tests and the bench start Chromium.

/** Where Chromium is; build.sh sets CHROMIUM to what it found. */
export const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';

/** For a browser that talks to this machine only. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Beside those: WebGPU, on SwiftShader where there is no GPU. */
export const GPU_FLAGS = ['--enable-unsafe-webgpu'];
