# Sourced by the install scripts of C ABIs that are written in Swift: from a product of the package to header, shared
# and static library and pkg-config file. Needs exports.sh; runs in the package's directory.

# install_swift_library PRODUCT NAME HEADER PREFIX_OF_VERSION PREFIX DESCRIPTION [LIBRARY…]: builds the product's static
# archive and installs it as libNAME. LIBRARY are what it needs beside the runtime of C: they are not linked into it.
install_swift_library() {
  local product=$1 name=$2 header=$3 macro=$4 prefix=$5 description=$6
  shift 6
  local needs=("${@/#/-l}") root=${DESTDIR:-}$prefix
  local major minor patch
  read -r major minor patch <<<"$(version_of "$header" "${macro}_VERSION")"
  local version=$major.$minor.$patch

  swift build -c release --product "$product"
  local products work library
  products=$(swift build -c release --show-bin-path)
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # this directory, whatever the variable holds later
  trap "rm -r '$work'" EXIT
  library=$work/lib$name.so.$version
  version_script "${macro}_$major" "$header" >"$work/exports.map"

  # One object of all: swiftc finds the parts of the runtime that objects name, but does not look into archives.
  local tools
  tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
  "$tools/ld.lld" -r --whole-archive "$products/lib$product.a" -o "$work/product.o"
  # nodelete: the Swift runtime in it registers with the process and cannot be unloaded.
  swiftc -O -use-ld=lld -emit-library -static-stdlib -o "$library" "$work/product.o" "${needs[@]}" \
    -Xlinker -soname -Xlinker "lib$name.so.$major" -Xlinker --version-script="$work/exports.map" \
    -Xlinker --gc-sections -Xlinker -z -Xlinker defs -Xlinker -z -Xlinker nodelete -Xlinker --strip-debug
  check_exports "$library" "$header"

  # The static library is one object, too, with the runtime inside and everything hidden but what the header declares.
  local runtime=$tools/../lib/swift_static/linux part
  local parts=("$runtime/libdispatch.a" "$runtime/libBlocksRuntime.a")
  for part in Core _Concurrency _StringProcessing _RegexParser Synchronization Glibc; do
    parts+=("$runtime/libswift$part.a")
  done
  "$tools/ld.lld" -r "$runtime/x86_64/swiftrt.o" "$work/product.o" --start-group "${parts[@]}" --end-group \
    -o "$work/all.o"
  declared_functions "$header" >"$work/functions"
  objcopy --strip-debug --keep-global-symbols="$work/functions" "$work/all.o" "$work/lib$name.o"
  ar rcs "$work/lib$name.a" "$work/lib$name.o"

  install -d "$root/include" "$root/lib/pkgconfig"
  install -m 644 "$header" "$root/include/"
  install -m 644 "$work/lib$name.a" "$root/lib/"
  install_shared "$library" "lib$name" "$version" "$root/lib"
  cat >"$root/lib/pkgconfig/$name.pc" <<PC
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: $name
Description: $description
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} -l$name
Libs.private: ${needs[*]:+${needs[*]} }-lstdc++ -lm -lpthread -ldl
PC
  echo "installed lib$name $version under $root ($(declared_functions "$header" | wc -l) functions)"
}
