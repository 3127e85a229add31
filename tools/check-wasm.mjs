// Gates of the wasm module; each exits with 1 and one line on stderr when the module does not pass.
//   node tools/check-wasm.mjs wrappers FILE     on the linker's output, which still has its function names
//   node tools/check-wasm.mjs size FILE BYTES   on the module that is shipped
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const [gate, path, limit] = process.argv.slice(2);
const bytes = readFileSync(path);
const fail = reason => {
  console.error(`build.sh: ${path}: ${reason}`);
  process.exit(1);
};

// Unless the program calls `__wasm_call_ctors` itself, wasm-ld wraps every export in a function that runs all
// constructors (`name.command_export`), which makes each call from JavaScript cost milliseconds. Only the name
// section tells: the exports keep their plain names.
function checkWrappers() {
  const module = new WebAssembly.Module(bytes);
  const [names] = WebAssembly.Module.customSections(module, 'name');
  if (!names)
    fail('has no name section, so constructor wrappers cannot be told; keep `strip` off in the profile');
  const exported = WebAssembly.Module.exports(module).some(({ name }) => name.endsWith('.command_export'));
  if (exported || Buffer.from(names).includes('.command_export')) {
    fail('its exports are wrapped in constructor calls; call __wasm_call_ctors once in the start function');
  }
}

function checkSize() {
  const zipped = gzipSync(bytes, { level: 9 }).length;
  const megabytes = count => (count / 1e6).toFixed(2);
  const sizes = `${megabytes(bytes.length)} MB, ${megabytes(zipped)} MB gzipped`;
  if (zipped > Number(limit)) fail(`is ${sizes}: more than the ${megabytes(Number(limit))} MB allowed`);
  console.error(`wasm: ${sizes} (at most ${megabytes(Number(limit))} MB)`);
}

if (gate === 'wrappers') checkWrappers();
else if (gate === 'size') checkSize();
else fail(`unknown gate ${gate}`);
