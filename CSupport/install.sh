#!/usr/bin/env bash
# Builds and installs libapus, the prover and verifier, for programs in C, C++, Rust…: header, shared and static
# library, pkg-config file.
#
#   CSupport/install.sh PREFIX        (DESTDIR is honoured)
#
# Needs a Swift 6.3 toolchain here and nothing of Swift where the library runs: the runtime is linked into it. Only the
# functions that apus.h declares are exported.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: CSupport/install.sh PREFIX" >&2; exit 2; }
case $1 in /*) ;; *) echo "PREFIX must be an absolute path, not $1" >&2; exit 2 ;; esac
cd "$(dirname "$0")/.."
# shellcheck source=exports.sh
. CSupport/exports.sh
# shellcheck source=swift-library.sh
. CSupport/swift-library.sh
install_swift_library ApusC apus CSupport/CApus/include/apus.h APUS "$1" \
  "CPU proving backend: STARK prover and verifier over BabyBear"
