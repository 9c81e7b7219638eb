package io.taskweaver.domain.plan;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives every node an id of its own; the same content always gets the same one, whatever stands around it. */
final class TaskIds {
    private static final int LONGEST_SLUG = 40;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private static final Pattern DERIVED = Pattern.compile("[^\\p{Lu}]+-[0-9a-f]{8}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Set<String> taken = new HashSet<>();

    /** An id that a document states; the caller has made sure that no two nodes state the same. */
    TaskId stated(String id) {
        taken.add(id.toLowerCase(Locale.ROOT));
        return new TaskId(id.length() <= 100 ? id : id.substring(0, 90) + "-" + hash(id));
    }

    /** An id that a list gives; one that no node can have is spelled with dashes. */
    TaskId listed(String id) {
        if (TaskId.isValid(id) && taken.add(id)) return new TaskId(id);
        return claimed(slug(id) + "-" + hash(id));
    }

    /** An id derived from a node's words; where they stand decides only between nodes of the same words. */
    TaskId derived(String title, String text, String section) {
        var slug = slug(title);
        var id = slug + "-" + hash(text);
        if (!taken.contains(id)) return claimed(id);
        for (int again = 1; ; again++) {
            var other = slug + "-" + hash(text + "\n" + section + "\n" + again);
            if (!taken.contains(other)) return claimed(other);
        }
    }

    /** Whether an id was derived from words rather than stated by a document. */
    static boolean isDerived(TaskId id) {
        return DERIVED.matcher(id.value()).matches();
    }

    /** The id of a component's contract node. */
    TaskId contract(String component) {
        var id = "contract-" + slug(component);
        return claimed(taken.contains(id) ? id + "-" + hash(component) : id);
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

    /** Eight hexadecimal digits of the text's FNV-1a hash; blanks and case do not matter. */
    static String hash(String text) {
        long hash = FNV_OFFSET;
        var content = BLANKS.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
        for (byte b : content.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        return HexFormat.of().toHexDigits((int) (hash ^ (hash >>> 32)));
    }
}
