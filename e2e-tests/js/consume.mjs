// Reads events as a downstream user would: Confluent's deserializer, KafkaJS.
// node consume.mjs CLIENT_PROPERTIES TOPIC PLAN COUNT: prints one JSON line for each event of the plan, ends after COUNT.
import { AvroDeserializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import { Kafka } from 'kafkajs';
import { settings } from './settings.mjs';

const [file, topic, plan, count] = process.argv.slice(2);
const system = settings(file);
const deserializer = new AvroDeserializer(new SchemaRegistryClient(system.registry), SerdeType.VALUE, {});
const kafka = new Kafka(system.kafka);
const consumer = kafka.consumer({ groupId: `downstream-${process.pid}-${Date.now()}` });

let seen = 0;
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const event = await deserializer.deserialize(topic, message.value);
    if (event.meta.planId !== plan) return;
    console.log(JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
    if (++seen === Number(count)) {
      // Disconnecting waits for this handler to return, so it must not be awaited in here.
      consumer.disconnect().then(() => process.exit(0));
    }
  },
});
