package io.taskweaver.scheduling.planning;

import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives every node an id of its own; the same content always gets the same one, whatever stands around it. */
final class TaskIds {
    private static final int LONGEST_SLUG = 40;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private static final Pattern DERIVED = Pattern.compile("[^\\p{Lu}]+-[0-9a-f]{8}");
    private static final Pattern RECONCILING = Pattern.compile(".+-reconcile-[0-9]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SHALL = Pattern.compile("\\bshall\\b");

    private final Set<String> taken = new HashSet<>();
    /** For words that more than one node has, and where they stand, the number that distinguishes the last of them. */
    private final Map<String, Integer> lastOf = new HashMap<>();

    /** An id that a document states; the caller has made sure that no two nodes state the same. */
    TaskId stated(String id) {
        taken.add(id.toLowerCase(Locale.ROOT));
        if (isReserved(id)) return new TaskId(id + "-" + hash(id));
        return new TaskId(id.length() <= 100 ? id : id.substring(0, 90) + "-" + hash(id));
    }

    /** An id that a list gives; one that no node can have is spelled with dashes. */
    TaskId listed(String id) {
        if (TaskId.isValid(id) && !isReserved(id) && taken.add(id)) return new TaskId(id);
        return claimed(free(slug(id) + "-" + hash(id)));
    }

    /**
     * An id derived from a node's words; where they stand decides only between nodes of the same words. Among those the
     * search goes on where it ended for the last one: what was taken stays taken.
     */
    TaskId derived(String title, String text, String section) {
        var slug = slug(title);
        var id = slug + "-" + hash(text);
        if (!taken.contains(id)) return claimed(id);
        var counted = content(text + "\n" + section + "\n0");
        long prefix = fnv(FNV_OFFSET, counted.substring(0, counted.length() - 1));
        var sameWords = slug + "-" + prefix;
        for (int again = lastOf.getOrDefault(sameWords, 0) + 1; ; again++) {
            Effort.step();
            var other = slug + "-" + digits(fnv(prefix, Integer.toString(again)));
            if (taken.contains(other)) continue;
            lastOf.put(sameWords, again);
            return claimed(other);
        }
    }

    /** Whether an id was derived from words rather than stated by a document. */
    static boolean isDerived(TaskId id) {
        return DERIVED.matcher(id.value()).matches();
    }

    /** Whether a node that is made on the way may get this id. */
    private static boolean isReserved(String id) {
        return Verifications.isReserved(id) || RECONCILING.matcher(id).matches();
    }

    /** The id of a component's contract node. */
    TaskId contract(String component) {
        var id = "contract-" + slug(component);
        return claimed(taken.contains(id) ? free(id + "-" + hash(component)) : id);
    }

    /** The id itself, or, since two hashes may be the same, the first that a number makes of it. */
    private String free(String id) {
        if (!taken.contains(id)) return id;
        int number = lastOf.getOrDefault(id, 1) + 1;
        while (taken.contains(id + "-" + number)) {
            Effort.step();
            number++;
        }
        lastOf.put(id, number);
        return id + "-" + number;
    }

    private TaskId claimed(String id) {
        taken.add(id);
        return new TaskId(id);
    }

    /** Lower-case words with dashes, as many as fit. */
    static String slug(String text) {
        var slug = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) && !Character.isSurrogate(c);
            if (plain) slug.append(Character.toLowerCase(c));
            else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-' && c != '\'' && c != '’')
                slug.append('-');
            if (slug.length() > LONGEST_SLUG) break;
        }
        int end = Math.min(slug.length(), LONGEST_SLUG);
        if (slug.length() > LONGEST_SLUG && slug.lastIndexOf("-") > LONGEST_SLUG / 2) end = slug.lastIndexOf("-");
        while (end > 0 && slug.charAt(end - 1) == '-') end--;
        return end == 0 ? "task" : slug.substring(0, end);
    }

    /** Eight hexadecimal digits of the text's FNV-1a hash; blanks, case, and whether it says "shall" or "must" do not matter. */
    static String hash(String text) {
        return digits(fnv(FNV_OFFSET, content(text)));
    }

    private static String content(String text) {
        var plain = Words.lower(BLANKS.matcher(text.strip()).replaceAll(" "));
        return plain.contains("shall") ? SHALL.matcher(plain).replaceAll("must") : plain;
    }

    /** The FNV-1a hash of what {@code state} stands for, followed by the text. */
    private static long fnv(long state, String text) {
        long hash = state;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        return hash;
    }

    private static String digits(long hash) {
        return HexFormat.of().toHexDigits((int) (hash ^ (hash >>> 32)));
    }
}
