package io.taskweaver.wire.mapping;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts between a value of the model and one of Avro, as in {@link org.apache.avro.specific.SpecificData}. */
record Converter(Function<Object, @Nullable Object> writing, Function<@Nullable Object, @Nullable Object> reading) {
    @Nullable
    Object toAvro(Object value) {
        return writing.apply(value);
    }

    Object toModel(@Nullable Object value) {
        return Objects.requireNonNull(reading.apply(value));
    }
}
