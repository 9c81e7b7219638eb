package io.taskweaver.formats;

import io.taskweaver.model.SourceSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value that knows where it stands. */
sealed interface Json {
    /** Line that it begins on. */
    SourceSpan at();

    /** JSON pointer (RFC 6901), empty for the whole document. */
    String pointer();

    /** An object; names in document order. */
    record Fields(Map<String, Json> fields, SourceSpan at, String pointer) implements Json {
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** A field that is there and not null. */
        Optional<Json> field(String name) {
            return Optional.ofNullable(fields.get(name)).filter(value -> !(value instanceof Null));
        }

        /** Text of a string, a number or a boolean; empty if there is none. */
        String text(String name) {
            return field(name).flatMap(Json::asText).orElse("");
        }

        /** Elements of an array; a single value counts as an array of one. */
        List<Json> list(String name) {
            return field(name)
                    .map(value -> value instanceof Elements elements ? elements.elements() : List.of(value))
                    .orElse(List.of());
        }

        /** Objects among the elements of an array. */
        List<Fields> objects(String name) {
            return list(name).stream()
                    .filter(Fields.class::isInstance)
                    .map(Fields.class::cast)
                    .toList();
        }

        /** Texts among the elements of an array; a single text gives its lines. */
        List<String> texts(String name) {
            return field(name)
                    .map(value -> value instanceof Elements elements
                            ? elements.elements().stream()
                                    .flatMap(element -> element.asText().stream())
                                    .toList()
                            : value.asText().map(text -> text.lines().toList()).orElse(List.of()))
                    .orElse(List.of());
        }

        Optional<Fields> object(String name) {
            return field(name).filter(Fields.class::isInstance).map(Fields.class::cast);
        }
    }

    /** An array. */
    record Elements(List<Json> elements, SourceSpan at, String pointer) implements Json {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /** A string. */
    record Text(String value, SourceSpan at, String pointer) implements Json {}

    /** A number, as it is written. */
    record Number(String value, SourceSpan at, String pointer) implements Json {}

    /** True or false. */
    record Flag(boolean value, SourceSpan at, String pointer) implements Json {}

    /** Nothing. */
    record Null(SourceSpan at, String pointer) implements Json {}

    /** What it says, if it is a string, a number or a boolean. */
    default Optional<String> asText() {
        return switch (this) {
            case Text text -> Optional.of(text.value());
            case Number number -> Optional.of(number.value());
            case Flag flag -> Optional.of(Boolean.toString(flag.value()));
            case Null _, Fields _, Elements _ -> Optional.empty();
        };
    }

    /** The whole number that it is or spells. */
    default Optional<Integer> asInteger() {
        return asText().filter(text -> text.matches("-?[0-9]{1,9}(\\.0+)?"))
                .map(text -> (int) Double.parseDouble(text));
    }
}
