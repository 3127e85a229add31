# Part of build.sh: what the benchmark needs beside the page.

# What Traitscope is compared with; a peer that cannot be had here is left out.
bench_packages() {
  local installed=bench/node_modules/.traitscope-lock.json
  if cmp -s bench/package-lock.json "$installed"; then return; fi
  say 'bench: npm ci in bench (500 MB)'
  # Without install scripts: they fetch what only Node needs.
  if (cd bench && npm ci --ignore-scripts --no-audit --no-fund >&2); then
    cp bench/package-lock.json "$installed"
  else
    rm -rf bench/node_modules
    say 'bench: npm ci failed in bench, so there are no peers'
  fi
}

# transformers.js reads ONNX: the same weights once more, in the cache.
bench_onnx() {
  local made
  made=$(cat bench/onnx/* "$MODEL" | sha256sum)
  if [ "$(cat "$CACHE/onnx/.made-from" 2>/dev/null)" = "$made" ]; then return; fi
  say "bench: making ONNX models from $MODEL_FILE (Python packages of 130 MB, results of 270 MB)"
  rm -rf "$CACHE/onnx"
  if make_onnx "$CACHE/tools/onnx" "$CACHE/onnx"; then
    printf '%s\n' "$made" >"$CACHE/onnx/.made-from"
  else
    rm -rf "$CACHE/onnx"
    say 'bench: the ONNX models could not be made, so transformers.js is left out; on Debian, is python3-venv there?'
  fi
}

# make_onnx VENV FOLDER
make_onnx() {
  python3 -m venv "$1" >&2 || return
  "$1/bin/pip" install --quiet --disable-pip-version-check --requirement bench/onnx/requirements.txt >&2 || return
  "$1/bin/python" bench/onnx/make.py "$MODEL" "$2" >&2
}

cmd_bench() {
  setup_browser
  cmd_build
  bench_packages
  bench_onnx
  node bench/run.mjs "$@"
}
