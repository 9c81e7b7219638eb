package io.taskweaver.wire;

import io.taskweaver.wire.connection.RegistryTimeout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of calls to the registry. Serializers call it once for each unknown schema, and their client waits
 * without a limit: a thread that reads or writes events would block as long as the registry does.
 */
final class BoundedRegistryCalls {
    private static final int TRIES = 4;

    private final Duration limit;

    BoundedRegistryCalls(Duration limit) {
        this.limit = limit;
    }

    <T extends SpecificRecord> Serializer<T> bounded(Serializer<T> serializer) {
        return new BoundedSerializer<>(serializer, this);
    }

    <T extends SpecificRecord> Deserializer<T> bounded(Deserializer<T> deserializer) {
        return new BoundedDeserializer<>(deserializer, this);
    }

    /**
     * Result of a call. A request or its answer may get lost while the registry works, so the call is repeated before
     * the time is up, and the first answer counts; registering a schema is idempotent.
     *
     * @throws RegistryTimeout if there is no answer in time
     */
    private <T extends @Nullable Object> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        var asking = new ArrayList<Thread>();
        try {
            while (asking.size() < TRIES) {
                asking.add(Thread.ofVirtual().name("schema-registry").start(() -> answer(question, answer)));
                if (isAnswered(answer, limit.dividedBy(TRIES))) return answer.join();
            }
            throw new RegistryTimeout(limit);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new SerializationException(e.getCause());
        } finally {
            asking.forEach(Thread::interrupt);
        }
    }

    private static <T extends @Nullable Object> void answer(Supplier<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static boolean isAnswered(CompletableFuture<?> answer, Duration within) {
        try {
            answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (java.util.concurrent.TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private record Written(String topic, Class<?> type) {}

    private record BoundedSerializer<T extends SpecificRecord>(
            Serializer<T> serializer, BoundedRegistryCalls calls, Set<Written> known) implements Serializer<T> {
        BoundedSerializer(Serializer<T> serializer, BoundedRegistryCalls calls) {
            this(serializer, calls, ConcurrentHashMap.newKeySet());
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T event) {
            return event == null ? null : asked(topic, event, () -> serializer.serialize(topic, event));
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T event) {
            return event == null ? null : asked(topic, event, () -> serializer.serialize(topic, headers, event));
        }

        private byte[] asked(String topic, T event, Supplier<byte[]> serialization) {
            var written = new Written(topic, event.getClass());
            if (known.contains(written)) return serialization.get();
            var bytes = calls.ask(serialization);
            known.add(written);
            return bytes;
        }

        @Override
        public void close() {
            serializer.close();
        }
    }

    private record BoundedDeserializer<T extends SpecificRecord>(
            Deserializer<T> deserializer, BoundedRegistryCalls calls, Set<Integer> known) implements Deserializer<T> {
        BoundedDeserializer(Deserializer<T> deserializer, BoundedRegistryCalls calls) {
            this(deserializer, calls, ConcurrentHashMap.newKeySet());
        }

        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            return bytes == null ? null : asked(bytes, () -> deserializer.deserialize(topic, bytes));
        }

        @Override
        public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
            return bytes == null ? null : asked(bytes, () -> deserializer.deserialize(topic, headers, bytes));
        }

        private @Nullable T asked(byte[] bytes, Supplier<@Nullable T> deserialization) {
            // Confluent's wire format: a zero byte, and the schema's id as four.
            boolean namesSchema = bytes.length > Integer.BYTES && bytes[0] == 0;
            if (!namesSchema) return deserialization.get();
            int schema = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
            if (known.contains(schema)) return deserialization.get();
            var event = calls.ask(deserialization);
            known.add(schema);
            return event;
        }

        @Override
        public void close() {
            deserializer.close();
        }
    }
}
