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
prefix=$1
case $prefix in /*) ;; *) echo "PREFIX must be an absolute path, not $prefix" >&2; exit 2 ;; esac
cd "$(dirname "$0")/.."
# shellcheck source=exports.sh
. CSupport/exports.sh
root=${DESTDIR:-}$prefix

header=CSupport/CApus/include/apus.h
read -r major minor patch <<<"$(version_of "$header" APUS_VERSION)"
version=$major.$minor.$patch

swift build -c release --product ApusC
products=$(swift build -c release --show-bin-path)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
library=$work/libapus.so.$version
version_script "APUS_$major" "$header" >"$work/exports.map"

# One object of all: swiftc finds the parts of the runtime that objects name, but does not look into archives.
tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
"$tools/ld.lld" -r --whole-archive "$products/libApusC.a" -o "$work/apus.o"
# nodelete: the Swift runtime in it registers with the process and cannot be unloaded.
swiftc -O -use-ld=lld -emit-library -static-stdlib -o "$library" "$work/apus.o" \
  -Xlinker -soname -Xlinker "libapus.so.$major" -Xlinker --version-script="$work/exports.map" \
  -Xlinker --gc-sections -Xlinker -z -Xlinker defs -Xlinker -z -Xlinker nodelete -Xlinker --strip-debug
check_exports "$library" "$header"

# The static library is one object, too, with the runtime inside and everything hidden but what the header declares.
runtime=$tools/../lib/swift_static/linux
parts=("$runtime/libdispatch.a" "$runtime/libBlocksRuntime.a")
for part in Core _Concurrency _StringProcessing _RegexParser Synchronization Glibc; do
  parts+=("$runtime/libswift$part.a")
done
"$tools/ld.lld" -r "$runtime/x86_64/swiftrt.o" "$work/apus.o" --start-group "${parts[@]}" --end-group -o "$work/all.o"
declared_functions "$header" >"$work/functions"
objcopy --strip-debug --keep-global-symbols="$work/functions" "$work/all.o" "$work/libapus.o"
ar rcs "$work/libapus.a" "$work/libapus.o"

install -d "$root/include" "$root/lib/pkgconfig"
install -m 644 "$header" "$root/include/"
install -m 644 "$work/libapus.a" "$root/lib/"
install_shared "$library" libapus "$version" "$root/lib"
cat >"$root/lib/pkgconfig/apus.pc" <<PC
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: apus
Description: CPU proving backend: STARK prover and verifier over BabyBear
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} -lapus
Libs.private: -lstdc++ -lm -lpthread -ldl
PC
echo "installed libapus $version under $root ($(declared_functions "$header" | wc -l) functions)"
