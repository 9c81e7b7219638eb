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
