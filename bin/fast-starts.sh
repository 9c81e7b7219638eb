# Sourced by the scripts, with home and JAVA_HOME set: what the JVM keeps of a start, so that later ones take half the time.
# shellcheck shell=bash disable=SC2154

cli="$home/cli/target/cli.jar"
runtime="$home/standalone/target/quarkus-app/quarkus-run.jar"
cache="$home/standalone/target/standalone.aot"
cli_cache="$home/cli/target/cli.aot"
registry_cache="$home/runtime/target/registry.aot"
jvm=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# Runs a step quietly: one line, and its log only if it fails.
step() {
  local words=$1 log=$2 started=$SECONDS
  shift 2
  printf '%s ... ' "$words" >&2
  if "$@" >"$log" 2>&1; then
    printf '%d s\n' $((SECONDS - started)) >&2
  else
    printf 'failed\n' >&2
    return 1
  fi
}

forget_fast_starts() {
  rm -f "$cache" "$registry_cache" "$cli_cache"
}

# Starts command line and runtime once, so that the JVM keeps what it loaded: later starts take half the time. Without it
# all works too.
prepare_fast_starts() {
  local data
  step "Preparing fast commands" "$home/target/training-cli.log" \
    "$JAVA_HOME/bin/java" "${jvm[@]}" "-XX:AOTCacheOutput=$cli_cache" -cp "$cli" io.taskweaver.cli.Training "$home" </dev/null ||
    rm -f "$cli_cache"
  data=$(mktemp -d "$home/target/training.XXXXXX")
  step "Preparing fast starts" "$home/target/training.log" \
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -Xmx512m -XX:+ExitOnOutOfMemoryError "-XX:AOTCacheOutput=$cache" \
    "-Dtaskweaver.home=$home" "-Dtaskweaver.data-dir=$data" -Dtaskweaver.training=true -jar "$runtime" </dev/null ||
    rm -f "$cache" "$registry_cache"
  rm -rf "$data"
}
