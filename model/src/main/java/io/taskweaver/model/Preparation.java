package io.taskweaver.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a work tree gets besides the code of the plan, before an agent or a check works in it.
 *
 * @param setup command of a shell that prepares a work tree, such as {@code npm ci}; empty for none
 * @param bring which files of the user go with every work tree although they are no part of the code: Git pathspecs as
 *     the user wrote them
 * @param brought commit that holds these files, full object name; no commit of the plan's line descends from it
 */
public record Preparation(Optional<String> setup, List<String> bring, Optional<String> brought) {
    /** The code of the plan is all that is needed. */
    public static final Preparation NONE = new Preparation(Optional.empty(), List.of(), Optional.empty());

    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");
    private static final int MOST_PATTERNS = 100;
    private static final int LONGEST_PATTERN = 1_000;

    public Preparation {
        setup = setup.filter(command -> !command.isBlank());
        bring = List.copyOf(bring);
        if (brought.isPresent() && !OBJECT.matcher(brought.get()).matches())
            throw new IllegalArgumentException("no name of a commit: " + brought.get());
    }

    /** A command, without files. */
    public static Preparation by(Optional<String> setup) {
        return new Preparation(setup, List.of(), Optional.empty());
    }

    /** The same with files of the user. */
    public Preparation bringing(List<String> patterns, String commit) {
        return new Preparation(setup, patterns, Optional.of(commit));
    }

    /** Whether a work tree needs nothing but the code. */
    public boolean isNone() {
        return setup.isEmpty() && brought.isEmpty();
    }

    /** Sees to it that no text is longer than a plan needs: each issued attempt repeats them. */
    void check() {
        setup.ifPresent(text -> TextLimits.check("options.preparation.setup", text, TextLimits.SAID));
        TextLimits.checkCount("options.preparation.bring", bring.size(), MOST_PATTERNS);
        for (var pattern : bring) TextLimits.check("options.preparation.bring", pattern, LONGEST_PATTERN);
    }
}
