package io.taskweaver.context;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Bytes of simple values: numbers in 7-bit groups, lowest first; texts as UTF-8 after their length. */
final class Binary {
    private Binary() {}

    /** Appends. */
    static final class Out {
        private byte[] bytes = new byte[256];
        private int size;

        Out number(long value) {
            if (value < 0) throw new IllegalArgumentException("negative: " + value);
            long rest = value;
            while (rest >= 0x80) {
                one((byte) (rest | 0x80));
                rest >>>= 7;
            }
            return one((byte) rest);
        }

        Out flag(boolean value) {
            return one((byte) (value ? 1 : 0));
        }

        Out real(double value) {
            long bits = Double.doubleToLongBits(value);
            for (int shift = 56; shift >= 0; shift -= 8) one((byte) (bits >>> shift));
            return this;
        }

        Out text(String value) {
            var utf8 = value.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            room(utf8.length);
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
            return this;
        }

        <T> Out optional(Optional<T> value, BiConsumer<Out, T> write) {
            flag(value.isPresent());
            value.ifPresent(present -> write.accept(this, present));
            return this;
        }

        <T> Out list(List<T> values, BiConsumer<Out, T> write) {
            number(values.size());
            for (var value : values) write.accept(this, value);
            return this;
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, size);
        }

        private Out one(byte value) {
            room(1);
            bytes[size++] = value;
            return this;
        }

        private void room(int needed) {
            if (bytes.length - size < needed)
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, needed)));
        }
    }

    /** Reads what {@link Out} wrote, in the same order. */
    static final class In {
        private final byte[] bytes;
        private int at;

        In(byte[] bytes) {
            this.bytes = bytes;
        }

        long number() {
            long value = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            return value;
        }

        int count() {
            return Math.toIntExact(number());
        }

        boolean flag() {
            return bytes[at++] != 0;
        }

        double real() {
            long bits = 0;
            for (int part = 0; part < Double.BYTES; part++) bits = (bits << 8) | (bytes[at++] & 0xff);
            return Double.longBitsToDouble(bits);
        }

        String text() {
            int length = count();
            var text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        <T> Optional<T> optional(Function<In, T> read) {
            return flag() ? Optional.of(read.apply(this)) : Optional.empty();
        }

        <T> List<T> list(Function<In, T> read) {
            int size = count();
            var values = new ArrayList<T>(size);
            for (int next = 0; next < size; next++) values.add(read.apply(this));
            return values;
        }
    }
}
