package io.taskweaver.agents.command;

/** What came of checking a result. */
public sealed interface Verdict {
    /** Nothing speaks against it. */
    record Passed() implements Verdict {}

    /** It does not do; the reason is for whoever tries next, without secrets. */
    record Failed(String reason) implements Verdict {}

    /** It could not be checked here. */
    record Impossible(String reason) implements Verdict {}
}
