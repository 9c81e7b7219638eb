package io.taskweaver.access;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Roles of callers. Each role includes those before it. */
public enum AccessRole {
    /** May read: plans, contexts, metrics, the API's description. */
    VIEWER,
    /** May also submit plans and send commands. */
    OPERATOR,
    /** May do everything. */
    ADMIN;

    /** Name in tokens and claims. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names of itself and the included roles. */
    Set<String> implied() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(AccessRole::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The highest role among the names; unknown names are ignored. */
    static Optional<AccessRole> highest(Set<String> names) {
        return Stream.of(ADMIN, OPERATOR, VIEWER)
                .filter(role -> names.contains(role.text()))
                .findFirst();
    }

    static Optional<AccessRole> named(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
