#!/usr/bin/env bash
# Builds and installs libapus-kernels, the kernels, the thread pool and the checked calls over both: headers, static and
# shared library, pkg-config file. Plain C: needs clang (CC, or the one that is found), no Swift.
#
#   CSupport/install-kernels.sh PREFIX        (DESTDIR, CC and CFLAGS are honoured)
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: CSupport/install-kernels.sh PREFIX" >&2; exit 2; }
prefix=$1
case $prefix in /*) ;; *) echo "PREFIX must be an absolute path, not $prefix" >&2; exit 2 ;; esac
cd "$(dirname "$0")"
# shellcheck source=exports.sh
. ./exports.sh
root=${DESTDIR:-}$prefix

compiler=${CC:-clang}
"$compiler" --version 2>/dev/null | grep -q clang || {
  echo "the kernels need clang, whose pragmas choose their instruction sets, but $compiler is not it: set CC" >&2
  exit 1
}
headers=(CApusKernels/include/*.h CApusRuntime/include/*.h CApusBackend/include/*.h)
read -r major minor patch <<<"$(version_of CApusKernels/include/apus_kernels_version.h APUS_KERNELS_VERSION)"
version=$major.$minor.$patch

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
library=$work/libapus-kernels.so.$version
version_script "APUS_KERNELS_$major" "${headers[@]}" >"$work/exports.map"

compile() { # compile SOURCE…: each into an object of its own
  local source
  for source in "$@"; do
    # shellcheck disable=SC2086 # CFLAGS are words
    "$compiler" -std=gnu17 -O2 -DNDEBUG ${CFLAGS:-} -fPIC -fvisibility=default -ffunction-sections -fdata-sections \
      -ICApusKernels -ICApusKernels/include -ICApusRuntime -ICApusRuntime/include -ICApusBackend/include \
      -c "$source" -o "$work/$(basename "$source" .c).o" || exit 1
  done
}
export -f compile
export compiler work CFLAGS
printf '%s\n' CApusKernels/*.c CApusRuntime/*.c CApusBackend/*.c | xargs -P "$(nproc)" -n 1 bash -c 'compile "$1"' compile

# In the static library, too, only what headers declare is visible from outside.
ld -r -o "$work/libapus-kernels.o" "$work"/*.o
declared_functions "${headers[@]}" >"$work/functions"
objcopy --keep-global-symbols="$work/functions" "$work/libapus-kernels.o" "$work/all.o"
ar rcs "$work/libapus-kernels.a" "$work/all.o"
rm "$work/libapus-kernels.o" "$work/all.o"
"$compiler" -shared -o "$library" "$work"/*.o -Wl,-soname,"libapus-kernels.so.$major" \
  -Wl,--version-script="$work/exports.map" -Wl,--gc-sections -Wl,-z,defs -lpthread -lm
check_exports "$library" "${headers[@]}"

install -d "$root/include/apus-kernels" "$root/lib/pkgconfig"
install -m 644 apus_kernels.h "${headers[@]}" "$root/include/apus-kernels/"
install -m 644 "$work/libapus-kernels.a" "$root/lib/"
install_shared "$library" libapus-kernels "$version" "$root/lib"
cat >"$root/lib/pkgconfig/apus-kernels.pc" <<PC
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include/apus-kernels

Name: apus-kernels
Description: Vector kernels for BabyBear and Goldilocks: arithmetic, NTT, Poseidon2, BLAKE3, SHA-256, Keccak, Merkle trees, thread pool
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} -lapus-kernels
Libs.private: -lpthread -lm
PC
echo "installed libapus-kernels $version under $root ($(declared_functions "${headers[@]}" | wc -l) functions)"
