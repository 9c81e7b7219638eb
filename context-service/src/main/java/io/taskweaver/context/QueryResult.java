package io.taskweaver.context;

import io.taskweaver.model.TaskId;
import java.util.function.Function;

/** Result of a query about a plan. */
sealed interface QueryResult<T> {
    record Found<T>(T answer) implements QueryResult<T> {}

    /** Not available yet. */
    record TooEarly<T>(String awaited) implements QueryResult<T> {}

    /** The plan is unknown. */
    record Unknown<T>() implements QueryResult<T> {}

    /** The plan has no such task. */
    record NoTask<T>(TaskId task) implements QueryResult<T> {}

    /** The plan is archived. */
    record Gone<T>(PlanMark mark) implements QueryResult<T> {}

    /** The same with something else in place of what was found. */
    default <O> QueryResult<O> map(Function<T, O> change) {
        return this instanceof Found<T>(var answer) ? new Found<>(change.apply(answer)) : without();
    }

    /** The same for a query about something else, where nothing was found. */
    default <O> QueryResult<O> without() {
        return switch (this) {
            case Found<T> _ -> throw new IllegalStateException("it was found");
            case TooEarly<T>(var awaited) -> new TooEarly<>(awaited);
            case Unknown<T>() -> new Unknown<>();
            case NoTask<T>(var task) -> new NoTask<>(task);
            case Gone<T>(var mark) -> new Gone<>(mark);
        };
    }
}
