# Shared by the commands of this folder; not run by itself.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
launcher_jar=$repository/temporal-dev/target/fincore-temporal-dev-0.1.0-SNAPSHOT.jar
class_path_file=$repository/temporal-dev/target/class-path
built=$repository/temporal-dev/target/up-built

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# The major version of a JDK, from the file that each carries; 0 if it is no JDK.
jdk_version() {
  local version
  [[ -x $1/bin/javac && -r $1/release ]] || { echo 0; return; }
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  echo "${version:-0}"
}

# Sets JAVA_HOME to the first JDK 25 or newer, in the order in which they are looked for.
find_jdk() {
  local candidates=() candidate javac
  [[ -n ${JAVA_HOME:-} ]] && candidates+=("$JAVA_HOME")
  if javac=$(command -v javac); then
    # Through links such as /usr/bin/javac; macOS has no readlink -f in older versions, its own stub finds no release file.
    candidates+=("$(dirname "$(dirname "$(readlink -f "$javac" 2>/dev/null || echo "$javac")")")")
  fi
  shopt -s nullglob
  candidates+=(/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home)
  shopt -u nullglob
  for candidate in "${candidates[@]}"; do
    if (( $(jdk_version "$candidate") >= 25 )); then
      export JAVA_HOME=$candidate
      return
    fi
  done
  fail "No JDK 25 or newer was found. Looked at JAVA_HOME (${JAVA_HOME:-not set}), at javac on PATH (${javac:-none}),
and in /usr/lib/jvm, /usr/java, /opt/java, ~/.sdkman, ~/.jdks, mise, asdf, Homebrew and macOS' own folder.
Install one, or set JAVA_HOME."
}

# True if something is not built, or was changed since.
needs_build() {
  local module
  [[ -f $built && -f $launcher_jar && -f $class_path_file ]] || return 0
  for module in api worker; do
    [[ -f $repository/$module/target/fincore-$module-0.1.0-SNAPSHOT-exec.jar ]] || return 0
  done
  [[ -n $(find "$repository"/pom.xml "$repository"/*/pom.xml "$repository"/activities/*/pom.xml \
    "$repository"/*/src/main "$repository"/activities/*/src/main -newer "$built" -type f -print -quit) ]]
}

build() {
  local log=$repository/temporal-dev/target/up-build.log seconds=0 maven state
  mkdir -p "$repository/temporal-dev/target"
  printf 'Building (the first time takes minutes, as libraries are fetched), log: %s\n' "$log"
  # Whatever changes from here on is newer than this build.
  : > "$built.started"
  (cd "$repository" && exec ./mvnw -Dmaven.test.skip=true -Dspotless.check.skip=true -pl temporal-dev -am package) > "$log" 2>&1 &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; exit 130' INT TERM
  while kill -0 "$maven" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if (( seconds % 10 == 0 )); then
      state=$(grep -o 'Building FinCore .*' "$log" | tail -1)
      printf '  %3d s  %s\n' "$seconds" "$state"
    fi
  done
  trap - INT TERM
  if ! wait "$maven"; then
    grep -E '^\[ERROR\]' "$log" | head -20 >&2
    fail "The build failed; the whole output: $log"
  fi
  mv "$built.started" "$built"
  printf '  %3d s  built\n' "$seconds"
}

# Runs a main class of this module.
java_main() {
  exec "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dfincore.repository="$repository" -cp "$launcher_jar:$(<"$class_path_file")" \
    "$@"
}

launch() {
  java_main io.fincore.dev.launcher.Launcher "$@"
}

# Fetches by npm, once, what package-lock.json of the folder given names, by its hashes, and sets $installed to where it lies. $2 is its
# name and what it is for, for the messages. One folder for each set of packages.
npm_packages() {
  local folder=$1 what=$2 command version major sum cache fresh log
  for command in node npm; do
    command -v "$command" > /dev/null || fail "$command was not found on PATH. $what, which needs Node.js 20 or newer and npm."
  done
  version=$(node --version)
  major=${version#v}
  (( ${major%%.*} >= 20 )) || fail "Node.js 20 or newer is needed, this is $version: $(command -v node)"

  sum=$(cat "$folder/package.json" "$folder/package-lock.json" "$folder/.npmrc" | cksum | cut -d ' ' -f 1)
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/fincore
  installed=$cache/$(basename "$folder")-$sum
  [[ ! -d $installed ]] || return 0
  mkdir -p "$cache"
  fresh=$(mktemp -d "$cache/$(basename "$folder").XXXXXX")
  # Double quotes: it is the folder of now.
  trap "rm -rf '$fresh'" EXIT
  cp "$folder/package.json" "$folder/package-lock.json" "$folder/.npmrc" "$fresh"
  log=$(cd "$fresh" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error 2>&1) ||
    fail "What $folder/package-lock.json names could not be fetched:
$log"
  # Another run may have been faster; its folder holds the same.
  [[ -d $installed ]] || mv "$fresh" "$installed"
  rm -rf "$fresh"
  trap - EXIT
}
