package io.taskweaver.prompts;

import java.util.Optional;

/** How an agent delivers its result. */
public sealed interface Delivery {
    /** In the text of its answer. */
    record Answered() implements Delivery {}

    /**
     * As changed files in a folder of its own.
     *
     * @param aside path in the folder of a file for what a short prompt has no room for; empty if all of it is to be in the
     *     prompt
     */
    record InFolder(Optional<String> aside) implements Delivery {
        /** Where what is set aside lies: the folder is this program's, and never part of a result. */
        public static final String ASIDE = ".taskweaver/task.md";

        /** With a short prompt. */
        public InFolder() {
            this(Optional.of(ASIDE));
        }
    }

    /**
     * As a branch of a repository, or a pull request.
     *
     * @param url address of the repository
     * @param branch that the work starts from
     */
    record OnRemote(String url, String branch) implements Delivery {}
}
