package io.taskweaver.context;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.taskweaver.domain.context.IsolatedContext;
import io.taskweaver.domain.plan.TaskId;
import java.io.UncheckedIOException;

/** Answers as JSON: the fields of the records, ids as plain strings, what is absent as null. */
final class ContextJson {
    /** A mapper of its own: the application's may be shared with other services, which have their own shapes. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addMixIn(TaskId.class, PlainId.class)
            .build();

    private static final ObjectWriter ISOLATED = MAPPER.writerFor(IsolatedContext.class);
    private static final ObjectWriter MERGED = MAPPER.writerFor(MergedView.class);

    private interface PlainId {
        @JsonValue
        String value();
    }

    private ContextJson() {}

    static byte[] of(IsolatedContext context) {
        return bytes(ISOLATED, context);
    }

    static byte[] of(MergedView context) {
        return bytes(MERGED, context);
    }

    private static byte[] bytes(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
