package io.taskweaver.prompts;

/** How an agent delivers its result. */
public sealed interface Delivery {
    /** In the text of its answer. */
    record Answered() implements Delivery {}

    /** As changed files in a folder of its own. */
    record InFolder() implements Delivery {}

    /**
     * As a branch of a repository, or a pull request.
     *
     * @param url address of the repository
     * @param branch that the work starts from
     */
    record OnRemote(String url, String branch) implements Delivery {}
}
