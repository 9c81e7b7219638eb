package io.taskweaver.context;

/** What becomes of a question about a plan. */
sealed interface Query<T> {
    record Found<T>(T answer) implements Query<T> {}

    /** It is not there yet, but will be. */
    record TooEarly<T>(String awaited) implements Query<T> {}

    /** Nothing was ever heard of the plan. */
    record Unknown<T>() implements Query<T> {}
}
