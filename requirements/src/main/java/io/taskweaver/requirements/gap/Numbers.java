package io.taskweaver.requirements.gap;

import io.taskweaver.requirements.code.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Compares the numbers of a requirement with the constants of the code. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile(
            "(?i)(?<![\\p{L}\\d.-])(\\d{1,9}(?:\\.\\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\\s-]+(\\p{L}+)");
    private static final Map<String, Double> WORDS = Map.ofEntries(
            Map.entry("two", 2.0),
            Map.entry("three", 3.0),
            Map.entry("four", 4.0),
            Map.entry("five", 5.0),
            Map.entry("six", 6.0),
            Map.entry("seven", 7.0),
            Map.entry("eight", 8.0),
            Map.entry("nine", 9.0),
            Map.entry("ten", 10.0),
            Map.entry("eleven", 11.0),
            Map.entry("twelve", 12.0));

    /** Words of constants that name no thing. */
    private static final Set<String> BESIDE = Set.of(
            "max", "maximum", "min", "minimum", "limit", "default", "count", "number", "num", "total", "length",
            "size");

    private Numbers() {}

    /** A number with what it counts. */
    private record Amount(double value, String unit, String words) {}

    /** A constant that says another number for the same thing. */
    record Contradiction(CodeIndex.Candidate constant, String stated) {}

    /**
     * The first contradiction. It takes a constant whose names, with those of its owner, are all in the requirement, and
     * whose name holds the unit of a number there; a constant that agrees with any number of that unit contradicts none.
     */
    static Optional<Contradiction> contradiction(String text, Set<String> terms, CodeIndex index) {
        var amounts = amounts(text);
        if (amounts.isEmpty()) return Optional.empty();
        for (var constant : index.constants) {
            var value = value(constant.declaration());
            if (value.isEmpty() || !isAbout(constant, terms)) continue;
            var same = amounts.stream()
                    .filter(amount -> constant.name().contains(amount.unit()))
                    .toList();
            boolean agrees = same.stream().anyMatch(amount -> amount.value() == value.get());
            if (!same.isEmpty() && !agrees)
                return Optional.of(new Contradiction(constant, same.getFirst().words()));
        }
        return Optional.empty();
    }

    private static boolean isAbout(CodeIndex.Candidate constant, Set<String> terms) {
        var words = new LinkedHashSet<>(constant.name());
        words.removeIf(BESIDE::contains);
        if (words.isEmpty()) return false;
        words.addAll(CodeTerms.of(constant.declaration().owner()));
        words.removeIf(BESIDE::contains);
        return words.size() > 1 && terms.containsAll(words);
    }

    private static List<Amount> amounts(String text) {
        var amounts = new ArrayList<Amount>();
        var match = NUMBER.matcher(text);
        while (match.find()) {
            var unit = CodeTerms.of(match.group(2));
            var number = match.group(1).toLowerCase(Locale.ROOT);
            if (!unit.isEmpty())
                amounts.add(new Amount(
                        WORDS.containsKey(number) ? WORDS.getOrDefault(number, 0.0) : Double.parseDouble(number),
                        unit.iterator().next(),
                        match.group()));
        }
        return amounts;
    }

    private static Optional<Double> value(Declaration constant) {
        var plain = constant.detail().replace("_", "").replaceAll("(?i)(?<=\\d)(?:l|f|d|u\\d+|i\\d+|usize)$", "");
        if (!plain.matches("\\d{1,15}(?:\\.\\d{1,15})?")) return Optional.empty();
        return Optional.of(Double.parseDouble(plain));
    }
}
