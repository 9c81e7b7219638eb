package io.taskweaver.access;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller may do. Each role may do all that those before it may. */
public enum Role {
    /** Reads: plans, contexts, metrics, the API's description. */
    VIEWER,
    /** Hands plans in, and gives orders. */
    OPERATOR,
    /** Anything. */
    ADMIN;

    /** As tokens and claims name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Itself and those below it, as their names. */
    Set<String> implied() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The highest among the names; others' names do not count. */
    static Optional<Role> highest(Set<String> names) {
        return Stream.of(ADMIN, OPERATOR, VIEWER)
                .filter(role -> names.contains(role.text()))
                .findFirst();
    }

    static Optional<Role> named(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
