package io.taskweaver.wire.mapping;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Maps between a record of the model and an Avro record, component by component, by name ({@link FieldNames}) and type
 * ({@link Converters}). A component that is a record without a field of its name is flattened: its components are
 * fields of the same Avro record. Creating a mapping checks that both sides are complete.
 *
 * @param <T> record, or sealed interface of records, which is a union or an Avro record with one field that is one
 */
public final class RecordMapping<T> {
    private final Converter converter;
    private final Schema schema;

    private RecordMapping(Converter converter, Schema schema) {
        this.converter = converter;
        this.schema = schema;
    }

    /**
     * @throws IllegalArgumentException if a component has no field, a field has no component, or their types do not agree
     */
    public static <T> RecordMapping<T> of(Class<T> type, Schema schema) {
        return new RecordMapping<>(Converters.of(type, schema), schema);
    }

    /** Schema that is written, and read. */
    public Schema schema() {
        return schema;
    }

    public IndexedRecord toAvro(T value) {
        return (IndexedRecord) Objects.requireNonNull(converter.toAvro(value));
    }

    /**
     * @throws RuntimeException of the model's constructors, usually {@link IllegalArgumentException}, if the values
     *     violate the model's rules
     */
    @SuppressWarnings("unchecked")
    public T toModel(IndexedRecord value) {
        return (T) converter.toModel(value);
    }

    /** The converter of a record with a separate Avro record. */
    static Converter record(Class<?> type, Schema schema) {
        var used = new boolean[schema.getFields().size()];
        var part = Part.of(type, schema, used);
        var defaults = new HashMap<Integer, @Nullable Object>();
        for (var field : schema.getFields()) {
            if (used[field.pos()]) continue;
            if (!FieldNames.isLeftOut(type, field.name()))
                throw new IllegalArgumentException("no component of " + type.getName() + " is the field " + field.name()
                        + " of " + schema.getFullName());
            defaults.put(
                    field.pos(), field.hasDefaultValue() ? SpecificData.get().getDefaultValue(field) : null);
        }
        return new Converter(
                value -> {
                    var record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
                    defaults.forEach(record::put);
                    part.write(value, record);
                    return record;
                },
                value -> part.read((IndexedRecord) Objects.requireNonNull(value)));
    }

    /** Reads and writes one component of a record. */
    private interface Member {
        @Nullable
        Object read(IndexedRecord from);

        void write(Object value, IndexedRecord to);
    }

    private record InField(int position, Converter converter) implements Member {
        @Override
        public Object read(IndexedRecord from) {
            return converter.toModel(from.get(position));
        }

        @Override
        public void write(Object value, IndexedRecord to) {
            to.put(position, converter.toAvro(value));
        }
    }

    private record Derived(int position, int inner, Converter converter) implements Member {
        @Override
        public Object read(IndexedRecord from) {
            return from.get(position) instanceof List<?> many
                    ? many.stream().map(this::each).toList()
                    : each(from.get(position));
        }

        private Object each(@Nullable Object value) {
            return converter.toModel(((IndexedRecord) Objects.requireNonNull(value)).get(inner));
        }

        @Override
        public void write(Object value, IndexedRecord to) {}
    }

    /** All components of a record, in fields of one Avro record. */
    private record Part(Constructor<?> constructor, List<Method> accessors, List<Member> members) implements Member {

        static Part of(Class<?> type, Schema schema, boolean[] used) {
            var components = type.getRecordComponents();
            var accessors = new ArrayList<Method>();
            var members = new ArrayList<Member>();
            for (var component : components) {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                accessors.add(accessor);
                members.add(member(component, schema, used));
            }
            return new Part(constructor(type, components), accessors, members);
        }

        private static Member member(RecordComponent component, Schema schema, boolean[] used) {
            var derived = FieldNames.derived(component);
            if (derived.isPresent()) return derived(component, schema, derived.get());
            var type = component.getType();
            var field = FieldNames.fieldOf(component, schema).filter(found -> Converters.mayBe(type, found.schema()));
            if (field.isPresent()) {
                used[field.get().pos()] = true;
                return new InField(
                        field.get().pos(),
                        Converters.of(component.getGenericType(), field.get().schema(), field.get()));
            }
            if (type.isRecord()) return of(type, schema, used);
            throw new IllegalArgumentException(
                    "no field of " + schema.getFullName() + " is the component " + component.getName() + " of "
                            + component.getDeclaringRecord().getName());
        }

        private static Member derived(RecordComponent component, Schema schema, List<String> path) {
            var field = schema.getField(path.getFirst());
            var holder = field.schema().getType() == Schema.Type.ARRAY
                    ? field.schema().getElementType()
                    : field.schema();
            var inner = holder.getField(path.getLast());
            return new Derived(
                    field.pos(),
                    inner.pos(),
                    Converters.of(Converters.itemOf(component.getGenericType()), inner.schema()));
        }

        private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
            var types = new Class<?>[components.length];
            for (int next = 0; next < types.length; next++) types[next] = components[next].getType();
            try {
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has it", e);
            }
        }

        @Override
        public Object read(IndexedRecord from) {
            var values = new @Nullable Object[members.size()];
            for (int next = 0; next < values.length; next++)
                values[next] = members.get(next).read(from);
            return invoked(() -> constructor.newInstance(values));
        }

        @Override
        public void write(Object value, IndexedRecord to) {
            for (int next = 0; next < members.size(); next++) {
                var accessor = accessors.get(next);
                members.get(next).write(invoked(() -> accessor.invoke(value)), to);
            }
        }
    }

    /** The converter of a record of one string. */
    static Converter text(Class<?> type) {
        var components = type.getRecordComponents();
        var accessor = components[0].getAccessor();
        accessor.setAccessible(true);
        var constructor = Part.constructor(type, components);
        return new Converter(
                value -> invoked(() -> accessor.invoke(value)), value -> invoked(() -> constructor.newInstance(value)));
    }

    private interface Invocation {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static Object invoked(Invocation invocation) {
        try {
            return Objects.requireNonNull(invocation.run());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException problem) throw problem;
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The converter of a sealed interface: each of its records is the branch of the same simple name. */
    static Converter union(Class<?> type, Schema union) {
        var byType = new HashMap<Class<?>, Converter>();
        var byName = new HashMap<String, Converter>();
        var branches = new HashMap<String, Schema>();
        for (var branch : union.getTypes()) branches.put(branch.getName(), branch);
        for (var variant : variants(type)) {
            var branch = Optional.ofNullable(branches.remove(variant.getSimpleName()))
                    .orElseThrow(() -> new IllegalArgumentException("no branch of "
                            + union.getTypes().stream().map(Schema::getName).toList() + " is " + variant.getName()));
            var converter = record(variant, branch);
            byType.put(variant, converter);
            byName.put(branch.getFullName(), converter);
        }
        if (!branches.isEmpty())
            throw new IllegalArgumentException("no record of " + type.getName() + " is " + branches.keySet());
        return new Converter(value -> get(byType, value.getClass()).toAvro(value), value -> {
            var record = (IndexedRecord) Objects.requireNonNull(value);
            return get(byName, record.getSchema().getFullName()).toModel(record);
        });
    }

    private static <K> Converter get(Map<K, Converter> converters, K key) {
        return Objects.requireNonNull(converters.get(key), () -> String.valueOf(key));
    }

    private static List<Class<?>> variants(Class<?> type) {
        var variants = new ArrayList<Class<?>>();
        for (var permitted : type.getPermittedSubclasses()) {
            if (permitted.isRecord()) variants.add(permitted);
            else variants.addAll(variants(permitted));
        }
        return variants.stream().distinct().toList();
    }
}
