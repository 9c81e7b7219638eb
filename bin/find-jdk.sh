# Sourced by the scripts: find_jdk sets JAVA_HOME to a JDK that is new enough, or explains how to get one and returns 3.
# shellcheck shell=bash

REQUIRED_JAVA=25

# Major version of the JDK in a folder; nothing if it is no JDK (a JRE cannot compile).
jdk_version() {
  local home=$1 version
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 0
  if [ -r "$home/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$home/release")
  else
    version=$("$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p')
  fi
  printf '%s' "$version"
}

# The folder of the JDK that a java command belongs to, through symbolic links.
jdk_of_command() {
  local java=$1 target
  while [ -L "$java" ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P) || true
}

jdk_candidates() {
  local java folder
  [ -n "${TASKWEAVER_JAVA_HOME:-}" ] && printf '%s\n' "$TASKWEAVER_JAVA_HOME"
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  java=$(command -v java 2>/dev/null) && jdk_of_command "$java"
  if [ "$(uname -s)" = Darwin ]; then
    /usr/libexec/java_home -v "$REQUIRED_JAVA+" 2>/dev/null
    # What java does there may only be a stub; Homebrew does not link its JDKs.
    for folder in /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
      printf '%s\n' "$folder"
    done
  fi
  for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.jenv/versions/*; do
    printf '%s\n' "$folder"
  done
}

find_jdk() {
  local candidate version found=''
  while IFS= read -r candidate; do
    [ -d "$candidate" ] || continue
    version=$(jdk_version "$candidate")
    [ -n "$version" ] || continue
    if [ "$version" -ge "$REQUIRED_JAVA" ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
    found="$found
    Java $version in $candidate"
  done <<EOF
$(jdk_candidates)
EOF
  {
    echo "error: TaskWeaver needs a JDK, version $REQUIRED_JAVA or newer, and there is none here."
    [ -n "$found" ] && echo "  Too old:$found"
    cat <<EOF
  Get one, in one of these ways:
    https://adoptium.net/temurin/releases/?version=$REQUIRED_JAVA     (every system)
    Debian, Ubuntu:  apt-get install openjdk-$REQUIRED_JAVA-jdk-headless
    Fedora:          dnf install java-$REQUIRED_JAVA-openjdk-devel
    macOS:           brew install openjdk@$REQUIRED_JAVA
    SDKMAN:          sdk install java $REQUIRED_JAVA-tem
  If it is in an unusual folder, name that: export TASKWEAVER_JAVA_HOME=/path/to/jdk
EOF
  } >&2
  return 3
}
