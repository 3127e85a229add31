# Part of build.sh: the tools that a fresh machine lacks, each fetched once and left alone from then on.

# Installs Debian packages, or says how to.
apt_install() {
  local hint="as root run: apt-get install $*"
  have apt-get || fail "this system has no apt-get; install by hand what Debian calls: $*"
  [ "$(id -u)" = 0 ] || fail "root is needed for Debian packages; $hint"
  say "setup: apt-get install $*"
  local install=(apt-get install -y -qq --no-install-recommends "$@")
  export DEBIAN_FRONTEND=noninteractive
  "${install[@]}" >&2 || { apt-get update -qq >&2 && "${install[@]}" >&2; } || fail "apt-get failed; $hint"
}

setup_rust() {
  have cargo || fail 'Rust is missing; install it from https://rustup.rs'
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  found=$(rustc --version | cut -d ' ' -f 2) || fail "rustc does not start; run: rustup toolchain install $wanted"
  at_least "$wanted" "$found" || fail "Rust $found is too old; run: rustup toolchain install $wanted.0"
}

setup_node() {
  if ! have node || ! have npm; then fail 'Node.js is missing; install version 20.19 or newer from https://nodejs.org'; fi
  at_least 20.19 "$(node --version | tr -d v)" || fail "Node.js $(node --version) is too old; install 20.19 or newer"
}

# Whether the Rust in use was set up for wasm.
rustup_wasm() { [ -d "$(rustc --print sysroot)/lib/rustlib/$TARGET/lib" ]; }

# Whether Debian's Rust can build wasm: new enough, with the sources of std and a linker.
debian_wasm() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -n "$(debian_linker)" ] \
    && [ -f "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ] \
    && at_least "$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)" "$(/usr/bin/rustc --version | cut -d ' ' -f 2)"
}
debian_linker() { find /usr/bin -name 'wasm-ld-[0-9]*' | sort -V | tail -n 1; }

# The wasm target of the Rust in use; where rustup cannot fetch it, Debian's Rust with a std built on the spot.
# That choice is kept in the cache, because another compiler would build everything anew.
setup_wasm_target() {
  setup_rust
  if debian_chosen && debian_wasm; then return; fi
  rm -f "$CACHE/tools/debian-rust"
  if rustup_wasm; then return; fi
  say "setup: rustup target add $TARGET"
  if have rustup && rustup target add "$TARGET" >&2 && rustup_wasm; then return; fi
  say "setup: rustup cannot fetch the wasm target; using Debian's Rust (needs root and apt)"
  debian_wasm || apt_install rustc-web cargo-web rust-web-src lld-22
  debian_wasm || fail "Debian's Rust is too old or incomplete; run: rustup target add $TARGET"
  mkdir -p "$CACHE/tools"
  touch "$CACHE/tools/debian-rust"
}
debian_chosen() { [ -f "$CACHE/tools/debian-rust" ]; }

bindgen_version() { sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock; }
bindgen_root() { printf '%s/tools/wasm-bindgen-%s' "$CACHE" "$(bindgen_version)"; }

# The tool and the library must have the same version; --locked is left out because some of the versions that
# wasm-bindgen-cli locks are missing from mirrors.
setup_bindgen() {
  local root
  root=$(bindgen_root)
  if [ -x "$root/bin/wasm-bindgen" ]; then return; fi
  setup_rust
  say "setup: wasm-bindgen $(bindgen_version) (about 2 minutes)"
  env -u CARGO_TARGET_DIR cargo install --quiet wasm-bindgen-cli --version "$(bindgen_version)" --root "$root" >&2 \
    || fail "wasm-bindgen could not be built; check the network and run ./build.sh setup again"
}

deny() { "$CACHE/tools/cargo-deny-$CARGO_DENY/bin/cargo-deny" "$@"; }

# What cannot be built, because the compiler or the registry is another, costs a check and stops nothing.
setup_deny() {
  local root="$CACHE/tools/cargo-deny-$CARGO_DENY"
  if [ -x "$root/bin/cargo-deny" ]; then return; fi
  setup_rust
  say "setup: cargo-deny $CARGO_DENY (about 4 minutes)"
  env -u CARGO_TARGET_DIR cargo install --quiet --locked cargo-deny --version "$CARGO_DENY" --root "$root" >&2
}

wasm_opt() { node "$CACHE/tools/binaryen-$BINARYEN/node_modules/binaryen/bin/wasm-opt" "$@"; }

setup_binaryen() {
  setup_node
  local root="$CACHE/tools/binaryen-$BINARYEN"
  if [ -f "$root/node_modules/binaryen/bin/wasm-opt" ]; then return; fi
  say "setup: wasm-opt (binaryen $BINARYEN)"
  npm install --silent --no-audit --no-fund --no-save --prefix "$root" "binaryen@$BINARYEN" >&2 \
    || fail 'npm could not fetch binaryen; check the network and run ./build.sh setup again'
}

setup_packages() {
  setup_node
  local installed=www/node_modules/.traitscope-lock.json
  if cmp -s www/package-lock.json "$installed"; then return; fi
  say 'setup: npm ci in www'
  (cd www && npm ci --no-audit --no-fund >&2) || fail 'npm ci failed in www; if package-lock.json fits package.json, check the network and run ./build.sh setup again'
  cp www/package-lock.json "$installed"
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && have "$name"; then
      command -v "$name"
      return
    fi
  done
}

# A browser, and a Vulkan driver for the native GPU tests (Mesa's runs on the CPU).
setup_browser() {
  [ -n "$(find_chromium)" ] || apt_install chromium
  CHROMIUM=$(find_chromium)
  [ -n "$CHROMIUM" ] || fail 'no Chromium found; install one and set CHROMIUM to its path'
  export CHROMIUM
  if [ "$(uname -s)" = Linux ] && ! compgen -G '/usr/share/vulkan/icd.d/*.json' >/dev/null \
    && ! compgen -G '/etc/vulkan/icd.d/*.json' >/dev/null; then
    apt_install mesa-vulkan-drivers libvulkan1
  fi
}

find_firefox() {
  local name
  for name in "${FIREFOX:-}" firefox-esr firefox; do
    if [ -n "$name" ] && have "$name"; then
      command -v "$name"
      return
    fi
  done
}

# The other browsers in which the page is tested; WebKitGTK's needs a screen.
setup_other_browsers() {
  [ -n "$(find_firefox)" ] || apt_install firefox-esr
  FIREFOX=$(find_firefox)
  [ -n "$FIREFOX" ] || fail 'no Firefox found; install one and set FIREFOX to its path'
  export FIREFOX
  have WebKitWebDriver || apt_install webkit2gtk-driver
  have Xvfb || apt_install xvfb
}

cmd_setup() {
  setup_wasm_target
  setup_bindgen
  setup_binaryen
  setup_packages
  setup_browser
  setup_other_browsers
  say 'setup: ready'
}
