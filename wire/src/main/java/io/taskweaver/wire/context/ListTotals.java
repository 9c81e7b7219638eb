package io.taskweaver.wire.context;

import java.util.List;
import java.util.stream.Stream;

/**
 * How many entries the lists of an answer have that was asked for with a limit, and is not whole.
 *
 * @param codebase text files of the code base
 */
public record ListTotals(int files, int codebase, int tasks, int interfaces, int dependencies) {

    boolean exceed(int limit) {
        return Stream.of(files, codebase, tasks, interfaces, dependencies).anyMatch(total -> total > limit);
    }

    static <T> List<T> first(List<T> all, int limit) {
        return all.size() > limit ? all.subList(0, limit) : all;
    }
}
