#!/usr/bin/env bash
# Starts a node: kafka-server-start.sh FILE
export KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xms256M -Xmx1G}" KAFKA_LOG4J_ROOT_LOGLEVEL="${KAFKA_LOG4J_ROOT_LOGLEVEL:-INFO}"
exec "$(dirname "$0")/kafka-run-class.sh" kafka.Kafka "$@"
