// Puts a document on the ingest topic as any producer may: KafkaJS, Confluent's serializer, the schema from the registry.
// node produce.mjs CLIENT_PROPERTIES TOPIC PLAN DOCUMENT [TRACEPARENT]
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { AvroSerializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import { Kafka, Partitioners } from 'kafkajs';
import { settings } from './settings.mjs';

const [file, topic, plan, document, traceparent] = process.argv.slice(2);
const system = settings(file);
const serializer = new AvroSerializer(new SchemaRegistryClient(system.registry), SerdeType.VALUE, {
  useLatestVersion: true,
  autoRegisterSchemas: false,
});
const submission = {
  meta: { eventId: randomUUID(), planId: plan, occurredAt: Date.now(), causationId: null, schemaVersion: 1 },
  documents: [{ path: document.split('/').pop(), content: readFileSync(document, 'utf8') }],
  structure: null,
  code: [],
  options: {
    title: null,
    agent: 'simulated',
    maxConcurrent: 0,
    maxAttempts: 3,
    attemptTimeoutMillis: 3600000,
    basePackage: 'app',
  },
};

const kafka = new Kafka(system.kafka);
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
const headers = traceparent ? { traceparent } : {};
await producer.send({ topic, messages: [{ key: plan, headers, value: await serializer.serialize(topic, submission) }] });
await producer.disconnect();
console.log(plan);
