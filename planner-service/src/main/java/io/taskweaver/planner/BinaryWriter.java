package io.taskweaver.planner;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes fields one after another. Numbers take as many bytes as they need, texts are UTF-8 after their length. */
final class BinaryWriter {
    private byte[] buffer = new byte[64];
    private int size;

    byte[] bytes() {
        return Arrays.copyOf(buffer, size);
    }

    void number(int value) {
        long rest = (((long) value << 1) ^ ((long) value >> 63)) & 0xFFFFFFFFFFL;
        while (rest > 0x7F) {
            room(1);
            buffer[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        room(1);
        buffer[size++] = (byte) rest;
    }

    void decimal(double value) {
        wide(Double.doubleToRawLongBits(value));
    }

    void instant(Instant value) {
        wide(value.toEpochMilli());
    }

    void flag(boolean value) {
        number(value ? 1 : 0);
    }

    void text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    void constant(Enum<?> value) {
        text(value.name());
    }

    <T> void list(List<T> values, BiConsumer<BinaryWriter, T> each) {
        number(values.size());
        for (var value : values) each.accept(this, value);
    }

    <T> void optional(Optional<T> value, BiConsumer<BinaryWriter, T> write) {
        flag(value.isPresent());
        value.ifPresent(present -> write.accept(this, present));
    }

    void wide(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(buffer, size, Long.BYTES).putLong(value);
        size += Long.BYTES;
    }

    private void room(int more) {
        if (size + more > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
}
