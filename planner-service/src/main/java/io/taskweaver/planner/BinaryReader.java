package io.taskweaver.planner;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link BinaryWriter} wrote, in the same order. */
final class BinaryReader {
    private final ByteBuffer bytes;

    BinaryReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) return (int) ((value >>> 1) ^ -(value & 1));
        }
    }

    double decimal() {
        return Double.longBitsToDouble(bytes.getLong());
    }

    long wide() {
        return bytes.getLong();
    }

    Instant instant() {
        return Instant.ofEpochMilli(wide());
    }

    boolean flag() {
        return number() == 1;
    }

    String text() {
        int length = number();
        var text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    <T> List<T> list(Function<BinaryReader, T> each) {
        int size = number();
        var values = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) values.add(each.apply(this));
        return List.copyOf(values);
    }

    <T> Optional<T> optional(Function<BinaryReader, T> read) {
        return flag() ? Optional.of(read.apply(this)) : Optional.empty();
    }
}
