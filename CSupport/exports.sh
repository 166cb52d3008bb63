# Sourced by the install scripts: what a library exports is what its headers declare, nothing less and nothing more.

# declared_functions HEADER…: the functions that headers declare, comments and types apart.
declared_functions() {
  cat "$@" | grep -v '^typedef' | sed 's:^ *\*.*::; s:/\*.*::' | grep -oE '\bapus_[a-z0-9_]+\(' | tr -d '(' | sort -u
}

# version_script NAME HEADER…: a linker version script that exports them under the version NAME.
version_script() {
  printf '%s {\n  global:\n' "$1"
  shift
  declared_functions "$@" | sed 's/.*/    &;/'
  printf '  local: *;\n};\n'
}

# check_exports LIBRARY HEADER…
check_exports() {
  local library=$1
  shift
  if ! diff <(declared_functions "$@") \
    <(nm -D --defined-only "$library" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort -u); then
    echo "$(basename "$library") exports (>) something else than its headers declare (<)" >&2
    return 1
  fi
}

# version_of HEADER PREFIX: "MAJOR MINOR PATCH" from the macros PREFIX_MAJOR, ….
version_of() {
  awk -v prefix="$2" '$1 == "#define" && index($2, prefix "_") == 1 && $3 ~ /^[0-9]+$/ { print $3 }' "$1" | xargs
}

# install_shared LIBRARY NAME VERSION DIRECTORY: the library under its names, NAME.so.MAJOR being its soname.
install_shared() {
  install -m 755 "$1" "$4/$2.so.$3"
  ln -sf "$2.so.$3" "$4/$2.so.${3%%.*}"
  ln -sf "$2.so.${3%%.*}" "$4/$2.so"
}
