package io.taskweaver.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that are equal if their values are. They are not copied: who hands them over does not change them any more. */
public record Bytes(byte[] array) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
