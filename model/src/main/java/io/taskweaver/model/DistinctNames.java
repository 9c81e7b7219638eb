package io.taskweaver.model;

import io.taskweaver.model.effort.Effort;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names that are all different, whatever their case: what is there already gets a number, from 2. */
public final class DistinctNames {
    private final Set<String> taken = new HashSet<>();
    /** For names that are wanted more than once, the number that the last one got. */
    private final Map<String, Integer> lastOf = new HashMap<>();

    /** @param taken names that are there already */
    public DistinctNames(Collection<String> taken) {
        for (var name : taken) this.taken.add(lower(name));
    }

    /** The name itself, or with a number. */
    public String of(String name) {
        if (taken.add(lower(name))) return name;
        int number = lastOf.getOrDefault(lower(name), 1) + 1;
        while (!taken.add(lower(name + number))) {
            Effort.step();
            number++;
        }
        lastOf.put(lower(name), number);
        return name + number;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
