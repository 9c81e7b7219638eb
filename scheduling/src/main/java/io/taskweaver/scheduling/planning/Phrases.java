package io.taskweaver.scheduling.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds phrases in texts that are given as words; what is denied is not found. */
final class Phrases {
    private static final Set<String> DENIALS = Set.of("no", "not", "without", "non", "never", "don", "doesn");

    private final Map<String, List<List<String>>> byFirst = new HashMap<>();

    Phrases(List<String> phrases) {
        for (var phrase : phrases) {
            var words = List.of(phrase.split(" "));
            byFirst.computeIfAbsent(words.getFirst(), first -> new ArrayList<>())
                    .add(words);
        }
    }

    static boolean isDenial(String word) {
        return DENIALS.contains(word);
    }

    /** The first phrase that a text states. */
    Optional<String> in(List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            boolean denied = at > 0 && isDenial(words.get(at - 1));
            if (denied) continue;
            for (var phrase : byFirst.getOrDefault(words.get(at), List.of())) {
                int end = at + phrase.size();
                if (end <= words.size() && words.subList(at, end).equals(phrase))
                    return Optional.of(String.join(" ", phrase));
            }
        }
        return Optional.empty();
    }
}
