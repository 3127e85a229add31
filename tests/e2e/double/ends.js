// How a module comes to its end, each by what really happens.

/** The bytes of a module whose start function has this body and which has so many pages of memory, and may have so many. */
function run(body, [pages, most] = [0, 1]) {
  const section = (id, ...bytes) => [id, bytes.length, ...bytes];
  const bytes = [
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(5, 1, 1, ...leb(pages), ...leb(most)),
    ...section(8, 0),
    ...section(10, 1, body.length + 1, 0, ...body),
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
}

/** An unsigned number as WebAssembly writes it. */
function leb(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...leb(Math.floor(value / 128))];
}

export const ends = {
  /** A panic: it says why, and traps. */
  trap() {
    // biome-ignore lint/suspicious/noConsole: it is where a panic speaks
    console.error('panicked at double.rs:1:1:\nthe double was told to');
    run([0x00, 0x0b]);
  },

  /** Memory that grows, 16 MiB at a time, until no more is given; then the allocator traps without a word. */
  memory() {
    const grow = [0x41, ...[0x80, 0x02], 0x40, 0x00, 0x41, 0x7f, 0x46];
    run([0x03, 0x40, ...grow, 0x45, 0x0d, 0x00, 0x0b, 0x00, 0x0b], [1, 65_536]);
  },

  /** The same from JavaScript, which is told of it. */
  buffer() {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    for (;;) memory.grow(4096);
  },
};
