// SHA-256 (FIPS 180-4) in plain JavaScript: the double has no wasm to do it in.

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every(p => n % p !== 0)) PRIMES.push(n);
const fraction = value => Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0;
const K = PRIMES.map(p => fraction(Math.cbrt(p)));
const rotate = (x, n) => (x >>> n) | (x << (32 - n));

export class Sha256 {
  #state = PRIMES.slice(0, 8).map(p => fraction(Math.sqrt(p)));
  #rest = new Uint8Array(0);
  #length = 0;

  update(bytes) {
    this.#length += bytes.length;
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    let at = 0;
    for (; at + 64 <= all.length; at += 64) this.#block(new DataView(all.buffer, at, 64));
    this.#rest = all.slice(at);
  }

  hex() {
    const bits = this.#length * 8;
    const padding = new Uint8Array(((119 - (this.#length % 64)) % 64) + 9);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    return this.#state.map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #block(view) {
    const w = [];
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) w.push(view.getUint32(4 * i));
      else {
        const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w.push((w[i - 16] + s0 + w[i - 7] + s1) | 0);
      }
    }
    let [a, b, c, d, e, f, g, h] = this.#state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    this.#state = this.#state.map((word, i) => (word + [a, b, c, d, e, f, g, h][i]) | 0);
  }
}
