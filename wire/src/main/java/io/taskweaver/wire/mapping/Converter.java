package io.taskweaver.wire.mapping;

import org.jspecify.annotations.Nullable;

/** Between a value of the model and one of Avro, as {@link org.apache.avro.specific.SpecificData} has it. */
interface Converter {
    @Nullable
    Object toAvro(Object value);

    Object toModel(@Nullable Object value);
}
