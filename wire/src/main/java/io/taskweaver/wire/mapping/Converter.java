package io.taskweaver.wire.mapping;

import org.jspecify.annotations.Nullable;

/** Converts between a value of the model and one of Avro, as in {@link org.apache.avro.specific.SpecificData}. */
interface Converter {
    @Nullable
    Object toAvro(Object value);

    Object toModel(@Nullable Object value);
}
