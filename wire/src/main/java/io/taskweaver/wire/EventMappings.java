package io.taskweaver.wire;

import io.taskweaver.model.event.Event;
import io.taskweaver.wire.mapping.RecordMapping;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Mappings between the model's events and those of the schemas, which have the same names. */
final class EventMappings {
    private record Mapped(Topic<?> topic, Class<? extends Event> type, RecordMapping<? extends Event> mapping) {}

    private static final Map<Class<?>, Mapped> BY_TYPE = variants(Event.class)
            .map(EventMappings::mapped)
            .collect(Collectors.toUnmodifiableMap(Mapped::type, Function.identity()));

    private static final Map<Class<?>, Mapped> BY_RECORD = BY_TYPE.values().stream()
            .collect(Collectors.toUnmodifiableMap(mapped -> mapped.topic().type(), Function.identity()));

    private EventMappings() {}

    /** The topic that carries events of a type. */
    static Topic<?> topicOf(Class<? extends Event> type) {
        return of(BY_TYPE, type).topic();
    }

    @SuppressWarnings("unchecked")
    static <E extends Event> RecordMapping<E> of(Class<E> type) {
        return (RecordMapping<E>) of(BY_TYPE, type).mapping();
    }

    static Class<? extends Event> typeOf(Topic<?> topic) {
        return of(BY_RECORD, topic.type()).type();
    }

    @SuppressWarnings("unchecked")
    static SpecificRecord toAvro(Event event) {
        return (SpecificRecord)
                ((RecordMapping<Event>) of(BY_TYPE, event.getClass()).mapping()).toAvro(event);
    }

    private static Mapped of(Map<Class<?>, Mapped> all, Class<?> type) {
        return Objects.requireNonNull(all.get(type), () -> "no topic carries " + type);
    }

    private static Mapped mapped(Class<? extends Event> type) {
        var topic = Topics.all().stream()
                .filter(each -> each.schema().getName().equals(type.getSimpleName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no topic carries " + type));
        return new Mapped(topic, type, RecordMapping.of(type, topic.schema()));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends Event>> variants(Class<? extends Event> type) {
        if (!type.isSealed()) return Stream.of(type);
        return Stream.of(type.getPermittedSubclasses())
                .flatMap(permitted -> variants((Class<? extends Event>) permitted))
                .distinct();
    }
}
