#!/usr/bin/env bash
# Builds and installs libapus for programs in C, C++, Rust…: header, shared library, pkg-config file.
#
#   CSupport/install.sh PREFIX        (DESTDIR is honoured)
#
# Needs a Swift 6.3 toolchain here and nothing of Swift where the library runs: the runtime is linked into it. Only the
# functions that apus.h declares are exported.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: CSupport/install.sh PREFIX" >&2; exit 2; }
prefix=$1
case $prefix in /*) ;; *) echo "PREFIX must be an absolute path, not $prefix" >&2; exit 2 ;; esac
cd "$(dirname "$0")/.."
root=${DESTDIR:-}$prefix

header=CSupport/CApus/include/apus.h
macro() { awk -v name="APUS_VERSION_$1" '$1 == "#define" && $2 == name { print $3 }' "$header"; }
major=$(macro MAJOR)
version=$major.$(macro MINOR).$(macro PATCH)
soname=libapus.so.$major

swift build -c release --product ApusC
products=$(swift build -c release --show-bin-path)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# The functions that the header declares, comments and types apart.
functions() { grep -v '^typedef' "$header" | sed 's:^ *\*.*::; s:/\*.*::' | grep -oE '\bapus_[a-z0-9_]+\(' | tr -d '(' | sort -u; }
{
  printf 'APUS_%s {\n  global:\n' "$major"
  functions | sed 's/.*/    &;/'
  printf '  local: *;\n};\n'
} >"$work/exports.map"

# First one object of all: swiftc finds the parts of the runtime that objects name, but does not look into archives.
linker=$(dirname "$(readlink -f "$(command -v swiftc)")")/ld.lld
"$linker" -r --whole-archive "$products/libApusC.a" -o "$work/apus.o"
swiftc -O -use-ld=lld -emit-library -static-stdlib -o "$work/libapus.so.$version" "$work/apus.o" \
  -Xlinker -soname -Xlinker "$soname" -Xlinker --version-script="$work/exports.map" \
  -Xlinker --gc-sections -Xlinker -z -Xlinker defs -Xlinker -z -Xlinker nodelete -Xlinker --strip-debug

exported=$(nm -D --defined-only "$work/libapus.so.$version" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort -u)
if ! diff <(functions) <(echo "$exported"); then
  echo "libapus exports (>) something else than apus.h declares (<)" >&2
  exit 1
fi

install -d "$root/include" "$root/lib/pkgconfig"
install -m 644 "$header" "$root/include/"
install -m 755 "$work/libapus.so.$version" "$root/lib/"
ln -sf "libapus.so.$version" "$root/lib/$soname"
ln -sf "$soname" "$root/lib/libapus.so"
cat >"$root/lib/pkgconfig/apus.pc" <<PC
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: apus
Description: CPU proving backend: STARK prover and verifier over BabyBear
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} -lapus
PC
echo "installed libapus $version under $root ($(echo "$exported" | wc -l) functions)"
