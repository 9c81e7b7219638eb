package io.taskweaver.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the known names that a mistyped name may stand for. */
public final class SimilarNames {
    private static final int LETTERS_PER_ERROR = 3;
    private static final int MOST_ERRORS = 3;

    private SimilarNames() {}

    /** Names that differ from the given one by at most one error in three letters, and by at most three; the closest first. */
    public static List<String> to(String name, Collection<String> known) {
        int most = Math.clamp(name.length() / LETTERS_PER_ERROR, 1, MOST_ERRORS);
        return known.stream()
                .distinct()
                .filter(other -> Math.abs(other.length() - name.length()) <= most && distance(name, other) <= most)
                .sorted(Comparator.<String>comparingInt(other -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
    private static int distance(String one, String other) {
        var rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) rows[i][0] = i;
        for (int j = 0; j <= other.length(); j++) rows[0][j] = j;
        for (int i = 1; i <= one.length(); i++)
            for (int j = 1; j <= other.length(); j++) {
                int replaced = rows[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1))
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        return rows[one.length()][other.length()];
    }
}
