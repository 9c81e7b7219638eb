package io.taskweaver.context;

/** Result of a query about a plan. */
sealed interface QueryResult<T> {
    record Found<T>(T answer) implements QueryResult<T> {}

    /** Not available yet. */
    record TooEarly<T>(String awaited) implements QueryResult<T> {}

    /** The plan is unknown. */
    record Unknown<T>() implements QueryResult<T> {}
}
