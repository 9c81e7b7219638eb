package io.taskweaver.wire.mapping;

import io.taskweaver.model.Bytes;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Limits;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Mapping between values of the model and of Avro:
 *
 * <table>
 * <caption>Types</caption>
 * <tr><td>{@link Optional}</td><td>a union with null, or the value itself</td></tr>
 * <tr><td>{@link Limits#NONE}</td><td>null</td></tr>
 * <tr><td>{@link Duration}</td><td>milliseconds</td></tr>
 * <tr><td>enum</td><td>the enum's symbol of the same name, or a string with the name in lower case</td></tr>
 * <tr><td>record of one string</td><td>a string</td></tr>
 * <tr><td>{@link Bytes}</td><td>bytes</td></tr>
 * <tr><td>list, set</td><td>an array</td></tr>
 * <tr><td>map</td><td>an array of records with two fields: the key, and the value</td></tr>
 * <tr><td>sealed interface</td><td>a union, or a record with one field that is one</td></tr>
 * </table>
 *
 * <p>An unknown symbol, from a newer build, is read as the schema's default: for an enum by Avro's rule, for a string
 * by that of its field.
 */
final class Converters {
    private static final Converter SAME = new Converter(value -> value, value -> value);

    private Converters() {}

    static Converter of(Type type, Schema schema) {
        return of(type, schema, null);
    }

    /** @param field of the schema; null for an array's item */
    static Converter of(Type type, Schema schema, Schema.@Nullable Field field) {
        var raw = raw(type);
        if (schema.isNullable()) return nullable(type, raw, valueOf(schema), field);
        if (raw == Optional.class) {
            var present = of(itemOf(type), schema, field);
            return new Converter(
                    value -> present.toAvro(((Optional<?>) value).orElseThrow()),
                    value -> Optional.of(present.toModel(value)));
        }
        if (raw == Finding.class) return RequirementFinding.converter(schema);
        return switch (schema.getType()) {
            case STRING -> ofString(raw, field);
            case ENUM -> ofEnum(raw, schema);
            case INT, LONG -> ofNumber(raw, schema);
            case BOOLEAN -> same(raw, boolean.class, schema);
            case DOUBLE -> same(raw, double.class, schema);
            case ARRAY -> ofArray(type, raw, schema.getElementType());
            case UNION -> union(raw, schema);
            case RECORD -> raw.isRecord() ? RecordMapping.record(raw, schema) : wrapped(raw, schema);
            case BYTES -> ofBytes(raw, schema);
            case MAP, FIXED, FLOAT, NULL -> throw disagree(raw, schema);
        };
    }

    /** Whether a component maps to that field, and is not flattened: a record of several components needs a record. */
    static boolean mayBe(Class<?> type, Schema schema) {
        return !type.isRecord()
                || isText(type)
                || type == Bytes.class
                || valueOf(schema).getType() == Schema.Type.RECORD;
    }

    static Type itemOf(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
    }

    private static Converter nullable(Type type, Class<?> raw, Schema schema, Schema.@Nullable Field field) {
        if (raw == Optional.class) {
            var present = of(itemOf(type), schema, field);
            return new Converter(
                    value -> ((Optional<?>) value).map(present::toAvro).orElse(null),
                    value -> Optional.ofNullable(value).map(present::toModel));
        }
        if (raw != Limits.class) throw disagree(raw, schema);
        var limits = of(type, schema, field);
        return new Converter(
                value -> value.equals(Limits.NONE) ? null : limits.toAvro(value),
                value -> value == null ? Limits.NONE : limits.toModel(value));
    }

    private static Converter ofString(Class<?> raw, Schema.@Nullable Field field) {
        if (raw == String.class) return SAME;
        if (raw.isEnum()) return named(raw, Objects.requireNonNull(field));
        if (!isText(raw)) throw new IllegalArgumentException(raw.getName() + " is not a string");
        return RecordMapping.text(raw);
    }

    /** Rules of other programs may have other names. */
    private static Converter named(Class<?> type, Schema.Field field) {
        var constants = new HashMap<String, Object>();
        for (var constant : constants(type)) constants.put(symbol(constant).toLowerCase(Locale.ROOT), constant);
        var unknown = Objects.requireNonNull(
                constants.get(String.valueOf(field.defaultVal())), "the default is not one of " + type);
        return new Converter(
                value -> symbol(value).toLowerCase(Locale.ROOT),
                value -> constants.getOrDefault(String.valueOf(value).toLowerCase(Locale.ROOT), unknown));
    }

    private static Converter ofEnum(Class<?> type, Schema schema) {
        if (!type.isEnum()) throw disagree(type, schema);
        var toAvro = new HashMap<Object, Object>();
        var toModel = new HashMap<String, Object>();
        for (var constant : constants(type)) {
            toModel.put(symbol(constant), constant);
            toAvro.put(constant, SpecificData.get().createEnum(symbol(constant), schema));
        }
        if (!toModel.keySet().equals(Set.copyOf(schema.getEnumSymbols()))) throw disagree(type, schema);
        return new Converter(toAvro::get, value -> Objects.requireNonNull(toModel.get(String.valueOf(value))));
    }

    private static Converter ofNumber(Class<?> raw, Schema schema) {
        if (raw == Instant.class && schema.getLogicalType() != null) return SAME;
        boolean isLong = schema.getType() == Schema.Type.LONG;
        if (raw == Duration.class)
            return new Converter(
                    value -> {
                        long millis = ((Duration) value).toMillis();
                        return isLong ? (Object) millis : (Object) Math.toIntExact(millis);
                    },
                    value -> Duration.ofMillis(((Number) Objects.requireNonNull(value)).longValue()));
        return same(raw, isLong ? long.class : int.class, schema);
    }

    private static Converter ofBytes(Class<?> raw, Schema schema) {
        if (raw != Bytes.class) throw disagree(raw, schema);
        return new Converter(value -> ByteBuffer.wrap(((Bytes) value).array()), value -> {
            var buffer = ((ByteBuffer) Objects.requireNonNull(value)).duplicate();
            var array = new byte[buffer.remaining()];
            buffer.get(array);
            return new Bytes(array);
        });
    }

    private static Converter ofArray(Type type, Class<?> raw, Schema items) {
        if (raw == Map.class) return pairs((ParameterizedType) type, items);
        if (!Collection.class.isAssignableFrom(raw)) throw disagree(raw, items);
        var item = of(itemOf(type), items);
        boolean isSet = Set.class.isAssignableFrom(raw);
        return new Converter(
                value -> {
                    var all = new ArrayList<@Nullable Object>(((Collection<?>) value).size());
                    for (var each : (Collection<?>) value) all.add(item.toAvro(each));
                    return all;
                },
                value -> {
                    var many = (Collection<?>) Objects.requireNonNull(value);
                    var all = isSet ? new LinkedHashSet<Object>() : new ArrayList<Object>(many.size());
                    for (var each : many) all.add(item.toModel(each));
                    return all;
                });
    }

    /** The first of several entries with the same key counts. */
    private static Converter pairs(ParameterizedType type, Schema pair) {
        if (pair.getType() != Schema.Type.RECORD || pair.getFields().size() != 2) throw disagree(Map.class, pair);
        var key = of(type.getActualTypeArguments()[0], pair.getFields().get(0).schema());
        var held = of(type.getActualTypeArguments()[1], pair.getFields().get(1).schema());
        return new Converter(
                value -> {
                    var all = new ArrayList<Object>(((Map<?, ?>) value).size());
                    ((Map<?, ?>) value).forEach((name, each) -> {
                        var record = (IndexedRecord) SpecificData.get().newRecord(null, pair);
                        record.put(0, key.toAvro(name));
                        record.put(1, held.toAvro(each));
                        all.add(record);
                    });
                    return all;
                },
                value -> {
                    var map = new LinkedHashMap<Object, Object>();
                    for (var each : (Collection<?>) Objects.requireNonNull(value)) {
                        var record = (IndexedRecord) each;
                        map.putIfAbsent(key.toModel(record.get(0)), held.toModel(record.get(1)));
                    }
                    return map;
                });
    }

    private static Converter union(Class<?> type, Schema schema) {
        if (!type.isSealed()) throw disagree(type, schema);
        return RecordMapping.union(type, schema);
    }

    private static Converter wrapped(Class<?> type, Schema schema) {
        if (!type.isSealed() || schema.getFields().size() != 1) throw disagree(type, schema);
        var union = union(type, schema.getFields().getFirst().schema());
        return new Converter(
                value -> {
                    var record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
                    record.put(0, union.toAvro(value));
                    return record;
                },
                value -> union.toModel(((IndexedRecord) Objects.requireNonNull(value)).get(0)));
    }

    /** Whether it is a record of one string. */
    private static boolean isText(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class;
    }

    private static Schema valueOf(Schema schema) {
        if (!schema.isNullable() || schema.getTypes().size() != 2) return schema;
        return schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static Converter same(Class<?> type, Class<?> expected, Schema schema) {
        // What is optional is an object.
        if (MethodType.methodType(type).unwrap().returnType() != expected) throw disagree(type, schema);
        return SAME;
    }

    private static List<Object> constants(Class<?> type) {
        return List.of(type.getEnumConstants());
    }

    private static String symbol(Object constant) {
        return ((Enum<?>) constant).name();
    }

    private static IllegalArgumentException disagree(Class<?> type, Schema schema) {
        return new IllegalArgumentException(type.getName() + " is not " + schema);
    }
}
