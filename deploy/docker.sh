# Sourced by the scripts: find_docker sets DOCKER to a client that reaches an engine and builds with BuildKit, or returns 1
# with the reason in DOCKER_PROBLEM; docker_build builds with it.
# shellcheck shell=bash

find_docker() {
  local client clients
  DOCKER=''
  DOCKER_PROBLEM='There is no docker command. On Debian: apt-get install docker.io'
  clients=$(type -ap docker | awk '!seen[$0]++')
  [ -n "$clients" ] || return 1
  DOCKER_PROBLEM='No Docker engine answers. Start it (on Debian: apt-get install docker.io; where packet filters are not to be had: dockerd --iptables=false).'
  while IFS= read -r client; do
    "$client" version --format '{{.Server.Version}}' >/dev/null 2>&1 || continue
    DOCKER_PROBLEM='The docker command builds without BuildKit. Install its plugin buildx.'
    # Clients up to version 22 have BuildKit built in, later ones have it in a plugin.
    if "$client" buildx version >/dev/null 2>&1 || [ "$("$client" version --format '{{.Client.Version}}' | cut -d. -f1)" -le 22 ]; then
      DOCKER=$client
      DOCKER_PROBLEM=''
      return 0
    fi
  done <<<"$clients"
  return 1
}

docker_build() { DOCKER_BUILDKIT=1 "$DOCKER" build "$@"; }

# Sets COMPOSE to the command that reads docker-compose.yml, of version 1.29 or later, or returns 1.
find_compose() {
  if "$DOCKER" compose version >/dev/null 2>&1; then
    COMPOSE=("$DOCKER" compose)
  elif command -v docker-compose >/dev/null; then
    COMPOSE=(docker-compose)
  else
    DOCKER_PROBLEM='There is no docker compose. On Debian: apt-get install docker-compose'
    return 1
  fi
}

# Whether an image is here, or can be had.
have_image() {
  "$DOCKER" image inspect "$1" >/dev/null 2>&1 || timeout 120 "$DOCKER" pull --quiet "$1" >/dev/null 2>&1
}

# Names the base images: those that are named already, the official ones if they can be had, else stand-ins.
find_bases() {
  if [ -n "${BUILD_IMAGE:-}" ] && [ -n "${RUNTIME_IMAGE:-}" ] && [ -n "${EXECUTOR_IMAGE:-}" ] && [ -n "${BROKER_IMAGE:-}" ] && [ -n "${REGISTRY_IMAGE:-}" ]; then return; fi
  local kafka
  kafka=apache/kafka:$(sed -n 's|.*<kafka.version>\(.*\)</kafka.version>.*|\1|p' "$home/pom.xml" | head -n 1)
  if have_image "$kafka"; then return; fi
  printf '%s cannot be had here: stand-ins for the base images are made.\n' "$kafka" >&2
  local variables
  variables=$("$home/deploy/airgapped/build-bases") || return 1
  local name value
  while IFS='=' read -r name value; do
    # What was named stays.
    if [ -z "${!name:-}" ]; then export "$name=$value"; fi
  done < <(sed -n 's/^export //p' <<<"$variables")
  # Where no Docker Hub is reached, packages often come through a proxy with an authority of its own, and over the host's
  # network alone.
  if [ -z "${TASKWEAVER_BUILD_CA:-}" ] && compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    mkdir -p "$home/target"
    cat /usr/local/share/ca-certificates/*.crt >"$home/target/build-ca.pem"
    export TASKWEAVER_BUILD_CA=$home/target/build-ca.pem
  fi
  BUILD_OPTIONS+=(--network host)
}
BUILD_OPTIONS=()
