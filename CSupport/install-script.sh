#!/usr/bin/env bash
# Builds and installs libapus-script, the verifier of Bitcoin Script, for programs in C, C++, Rust…: header, shared and
# static library, pkg-config file.
#
#   CSupport/install-script.sh PREFIX        (DESTDIR is honoured)
#
# Needs a Swift 6.3 toolchain and libsecp256k1-dev here, and where the library runs libsecp256k1 alone. Only the
# functions that apus_script.h declares are exported.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: CSupport/install-script.sh PREFIX" >&2; exit 2; }
case $1 in /*) ;; *) echo "PREFIX must be an absolute path, not $1" >&2; exit 2 ;; esac
cd "$(dirname "$0")/.."
# shellcheck source=exports.sh
. CSupport/exports.sh
# shellcheck source=swift-library.sh
. CSupport/swift-library.sh
install_swift_library ApusScriptC apus-script CSupport/CApusScript/include/apus_script.h APUS_SCRIPT "$1" \
  "Bitcoin Script: verifies an input of a transaction, and says which rule it breaks and where" secp256k1
