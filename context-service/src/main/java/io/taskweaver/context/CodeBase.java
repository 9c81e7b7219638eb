package io.taskweaver.context;

import io.taskweaver.contexts.RelevantCode.Candidate;
import java.util.List;

/**
 * The code that a plan started from.
 *
 * @param files its text files
 * @param conventions its coding conventions
 */
record CodeBase(List<Candidate> files, List<String> conventions) {
    static final CodeBase NONE = new CodeBase(List.of(), List.of());

    CodeBase {
        files = List.copyOf(files);
        conventions = List.copyOf(conventions);
    }
}
