#!/usr/bin/env bash
# Runs a class of Kafka: kafka-run-class.sh CLASS ARGUMENT...
set -euo pipefail

read -ra heap <<<"${KAFKA_HEAP_OPTS:--Xmx256M}"
read -ra options <<<"${KAFKA_OPTS:-}"
exec java "${heap[@]}" -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED \
  "-Dlog4j2.configurationFile=/opt/kafka/config/log4j2.xml" "-Dkafka.log.level=${KAFKA_LOG4J_ROOT_LOGLEVEL:-WARN}" \
  ${options[@]+"${options[@]}"} -cp '/opt/kafka/libs/*' "$@"
