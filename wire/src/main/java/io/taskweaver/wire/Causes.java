package io.taskweaver.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is behind an exception. */
public final class Causes {
    private Causes() {}

    /** The exception, what caused it, what caused that, and so on. */
    public static List<Throwable> of(Throwable thrown) {
        var all = new ArrayList<Throwable>();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) all.add(cause);
        return all;
    }

    /** The first of a type. */
    public static <T> Optional<T> first(Throwable thrown, Class<T> type) {
        return of(thrown).stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What the last of them says, without a full stop. */
    public static String rootMessage(Throwable thrown) {
        var root = of(thrown).getLast();
        var text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return text.replaceAll("\\.$", "");
    }

    /** The names and messages of all of them. */
    public static String explained(Throwable thrown) {
        return of(thrown).stream()
                .map(cause ->
                        cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " " + cause.getMessage()))
                .collect(Collectors.joining(": "));
    }
}
