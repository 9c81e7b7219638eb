package io.taskweaver.access;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.taskweaver.wire.json.ModelJson;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's JSON strictly: unknown and duplicate fields, null in lists, numbers in quotes, data after the end,
 * and invalid Unicode are refused, with the place in the document.
 */
final class StrictJson {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_QUOTE = 40;

    private final JsonMapper mapper;

    /** @param longestText characters of one text */
    StrictJson(int longestText) {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(longestText)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // Names are untrusted input.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        this.mapper = ModelJson.forModel(JsonMapper.builder(factory))
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withConfigOverride(Collection.class, StrictJson::withoutNulls)
                .withConfigOverride(List.class, StrictJson::withoutNulls)
                .withConfigOverride(Map.class, StrictJson::withoutNulls)
                .addModule(new SimpleModule()
                        .addDeserializer(String.class, new Text())
                        .addKeyDeserializer(String.class, new Name()))
                .build();
    }

    private static void withoutNulls(MutableConfigOverride override) {
        override.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    }

    /**
     * Reads a value.
     *
     * @return null if the JSON is {@code null}
     * @throws ProblemException if it is invalid; with cause and place
     */
    @Nullable
    Object read(byte[] json, Type type) {
        try {
            return mapper.readValue(json, mapper.constructType(type));
        } catch (JsonMappingException e) {
            throw refused(at(e) + what(e));
        } catch (StreamConstraintsException e) {
            throw refused(limits());
        } catch (InputCoercionException e) {
            throw refused("a number is out of range" + at(e.getLocation()));
        } catch (JsonProcessingException e) {
            throw refused("it is not JSON: " + firstPart(e.getOriginalMessage()) + at(e.getLocation()));
        } catch (IOException e) {
            throw refused("it is not JSON in UTF-8");
        }
    }

    private static ProblemException refused(String what) {
        return new ProblemException(
                Problem.of(400, "The body is invalid: " + what + ".", "Correct it; /q/openapi describes bodies."));
    }

    private static String what(JsonMappingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "unknown field; known fields are "
                        + (unknown.getKnownPropertyIds() == null
                                ? "none"
                                : new TreeSet<>(unknown.getKnownPropertyIds())
                                        .stream().map(Object::toString).collect(Collectors.joining(", ")));
            case InvalidNullException absent -> "null is not allowed";
            case ValueInstantiationException invalid
            when invalid.getCause() instanceof IllegalArgumentException cause -> String.valueOf(cause.getMessage());
            case MismatchedInputException mismatched -> mismatch(mismatched);
            default -> of(e.getCause());
        };
    }

    /** Message of a parser exception wrapped by the mapper. */
    private static String of(@Nullable Throwable cause) {
        return switch (cause) {
            case StreamConstraintsException limit -> limits();
            case InputCoercionException number -> "the number is out of range";
            case JsonProcessingException broken ->
                "it is not JSON: " + firstPart(broken.getOriginalMessage()) + at(broken.getLocation());
            case null, default -> "the value is invalid";
        };
    }

    private static String mismatch(MismatchedInputException e) {
        var type = e.getTargetType();
        if (e.getOriginalMessage().startsWith("Trailing token")) return "there is data after the end";
        if (e instanceof Unfit unfit) return unfit.getOriginalMessage();
        if (type == null) return "the value is invalid";
        if (type.isEnum()) return "the value is one of " + Arrays.toString(type.getEnumConstants());
        return expected(type) + " is expected";
    }

    private static String expected(Class<?> type) {
        if (type == String.class) return "a text";
        if (type == Integer.class || type == int.class)
            return "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
        if (type == Long.class || type == long.class)
            return "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
        if (Number.class.isAssignableFrom(type) || type == double.class) return "a number";
        if (type == Boolean.class || type == boolean.class) return "true or false";
        if (Collection.class.isAssignableFrom(type) || type.isArray()) return "a list";
        return "an object";
    }

    private static String limits() {
        return "it is nested more deeply than " + DEEPEST + " levels, or a name, a number or a text in it is too long";
    }

    /** The parser's message without its internal references. */
    private static String firstPart(@Nullable String words) {
        if (words == null) return "it cannot be read";
        var first = words.lines().findFirst().orElse("").replaceAll(" ?(?:\\(start marker at|: enable `).*", "");
        return first.replaceAll("(?:com|java|org)\\.[a-z]+\\.[\\w.$]+", "?").replaceAll("[:. ]+$", "");
    }

    /** The place, such as {@code documents[3].content}. */
    private static String at(JsonMappingException e) {
        var place = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getFieldName() != null)
                place.append(place.isEmpty() ? "" : ".").append(shortened(step.getFieldName()));
            else if (step.getIndex() >= 0)
                place.append('[').append(step.getIndex()).append(']');
        }
        return place.isEmpty() ? "" : place + ": ";
    }

    private static String at(@Nullable JsonLocation location) {
        return Optional.ofNullable(location)
                .filter(known -> known.getLineNr() > 0)
                .map(known -> ", at line " + known.getLineNr() + ", column " + known.getColumnNr())
                .orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    /** Problem of a text. */
    private static Optional<String> flaw(String text) {
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == 0) return Optional.of("the text has a NUL character at position " + at);
            if (!Character.isSurrogate(here)) continue;
            boolean pair = Character.isHighSurrogate(here)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (!pair) return Optional.of("the text has half of a surrogate pair at position " + at);
            at++;
        }
        return Optional.empty();
    }

    /** A string that can be encoded in UTF-8. */
    private static final class Text extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING))
                throw MismatchedInputException.from(parser, String.class, "not a text");
            var text = parser.getText();
            var flaw = flaw(text);
            if (flaw.isPresent()) throw new Unfit(parser, flaw.get());
            return text;
        }
    }

    /** The name of a field chosen by the client. */
    private static final class Name extends KeyDeserializer {
        @Override
        public Object deserializeKey(String name, DeserializationContext context) throws IOException {
            var flaw = flaw(name);
            if (flaw.isPresent()) throw new Unfit(context.getParser(), flaw.get());
            return name;
        }
    }

    /** A text that cannot be stored. */
    private static final class Unfit extends MismatchedInputException {
        private static final long serialVersionUID = 1;

        Unfit(JsonParser parser, String what) {
            super(parser, what, String.class);
        }
    }
}
