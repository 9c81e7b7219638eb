package io.taskweaver.planner;

import io.taskweaver.wire.DeadLetters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters of the planner. */
final class PlannerDeadLetters {
    /** Setting with the prefix of topic names, for classes that Kafka Streams creates. */
    static final String TOPIC_PREFIX = "taskweaver.topic-prefix";

    private PlannerDeadLetters() {}

    static DeadLetters of(Map<String, ?> settings) {
        return new DeadLetters("planner", prefix(settings), settings);
    }

    /** Prefix of topic names. */
    static String prefix(Map<String, ?> settings) {
        var prefix = settings.get(TOPIC_PREFIX);
        return prefix == null ? "" : prefix.toString();
    }

    /** The messages of an exception and of its causes. */
    static String explain(Throwable thrown) {
        if (thrown instanceof Unprocessable) return String.valueOf(thrown.getMessage());
        var text = new StringBuilder();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (!text.isEmpty()) text.append(": ");
            text.append(cause.getClass().getSimpleName());
            if (cause.getMessage() != null) text.append(" ").append(cause.getMessage());
        }
        return text.toString();
    }
}
