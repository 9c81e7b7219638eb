package io.taskweaver.wire.testing;

import io.taskweaver.model.Bytes;
import io.taskweaver.model.FileEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Values of the model's types in which every component is filled, and with something else than its default and than any
 * other: what gets lost on a way shows up.
 */
public final class Filled {
    /** Components that not every text will do for. */
    private static final Map<String, String> TEXTS = Map.of(
            "CodeRemote.url", "https://example.com/acme/shop.git",
            "BaseCommit.commit", "0123456789abcdef0123456789abcdef01234567",
            "PlanOptions.basePackage", "com.acme.filled",
            "ComponentSpec.basePackage", "com.acme.component",
            "PlanId.value", "the-plan",
            "ArchivePlan.digest", "ab".repeat(32),
            "FileEntry.object", "ab".repeat(20));

    /** Components that are names of Git objects, as texts: 40 hexadecimal digits. */
    private static final Set<String> OBJECTS = Set.of(
            "BaseCommit.start",
            "CodeResult.commit",
            "CodeResult.parent",
            "CodeResult.tree",
            "CodeObjects.commit",
            "CodeObjects.pack",
            "Preparation.brought");

    /** Components that are not above another. */
    private static final Map<String, Integer> NUMBERS =
            Map.of("Attempts.counted", 1, "FileEntry.mode", FileEntry.EXECUTABLE, "CodeObjects.part", 1);

    /** Components that do not take every constant. */
    private static final Map<String, String> CONSTANTS =
            Map.of("Finding.subject", "REQUIREMENT", "Finding.verdict", "CONTRADICTED", "Resolution.side", "FILES");

    private int number;

    /** One value of a record, an enum or a simple type. */
    public static <T> T of(Class<T> type) {
        return type.cast(new Filled().value(type, ""));
    }

    /** One value of each record that a sealed interface permits. */
    public static <T> List<T> each(Class<T> type) {
        return variants(type).stream().map(variant -> type.cast(of(variant))).toList();
    }

    /** One value of a record, with other values for the components of these names. */
    public static <T> T with(Class<T> type, Map<String, ?> others) {
        var filled = new Filled();
        return type.cast(made(type, component -> {
            var value = filled.value(component.getGenericType(), where(component));
            var other = others.get(component.getName());
            return other == null ? value : other;
        }));
    }

    private static List<Class<?>> variants(Class<?> type) {
        if (!type.isSealed()) return List.of(type);
        var all = new LinkedHashSet<Class<?>>();
        for (var permitted : type.getPermittedSubclasses()) all.addAll(variants(permitted));
        return List.copyOf(all);
    }

    private Object value(Type type, String where) {
        var raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (raw == Optional.class) return Optional.of(value(argument(type, 0), where));
        if (raw == List.class) return new ArrayList<>(items(argument(type, 0), where));
        if (raw == Set.class) return new LinkedHashSet<>(items(argument(type, 0), where));
        if (raw == Map.class) {
            var map = new LinkedHashMap<Object, Object>();
            for (var key : items(argument(type, 0), where)) map.put(key, value(argument(type, 1), where));
            return map;
        }
        number++;
        if (raw == String.class && OBJECTS.contains(where)) return String.format("%040x", number);
        if (raw == String.class) return TEXTS.getOrDefault(where, "text-" + number);
        if (raw == int.class) return NUMBERS.getOrDefault(where, number);
        if (raw == long.class) return (long) number;
        if (raw == double.class) return 1.0 / (1 + number);
        if (raw == boolean.class) return true;
        if (raw == Duration.class) return Duration.ofMinutes(number);
        if (raw == Instant.class) return Instant.ofEpochMilli(1_750_000_000_000L + number);
        if (raw.isEnum()) return constant(raw, where);
        if (raw == Bytes.class) return new Bytes(new byte[] {1, (byte) number});
        if (raw.isRecord()) return record(raw);
        if (raw.isSealed()) return record(variants(raw).getLast());
        throw new IllegalArgumentException("no value for " + type);
    }

    private static Object constant(Class<?> type, String where) {
        var constants = List.<Object>of(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> ((Enum<?>) constant).name().equals(CONSTANTS.get(where)))
                .findFirst()
                .orElse(constants.getLast());
    }

    private List<Object> items(Type type, String where) {
        var raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (raw.isSealed()) return variants(raw).stream().map(this::record).toList();
        return List.of(value(type, where), value(type, where));
    }

    private Object record(Class<?> type) {
        return made(type, component -> value(component.getGenericType(), where(component)));
    }

    private static Object made(Class<?> type, Function<RecordComponent, Object> valueOf) {
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        for (int next = 0; next < components.length; next++) {
            types[next] = components[next].getType();
            values[next] = valueOf.apply(components[next]);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type + " refuses " + List.of(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String where(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
