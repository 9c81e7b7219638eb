package io.taskweaver.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A clone that left files at its remote until somebody reads them.
 *
 * @param remote name of the remote that has them
 */
record PartialClone(String remote) {
    private static final String PREFIX = "remote.";
    private static final String SUFFIX = ".promisor";

    /** What a repository is; empty if it has all of its objects. */
    static Optional<PartialClone> of(Git git) throws IOException, InterruptedException {
        var named = git.run(List.of("config", "extensions.partialClone"), new byte[0]);
        if (named.code() == 0) return Optional.of(new PartialClone(text(named.output())));
        var remotes =
                git.run(List.of("config", "--name-only", "--get-regexp", "^remote\\..*\\.promisor$"), new byte[0]);
        return text(remotes.output())
                .lines()
                .findFirst()
                .map(key -> new PartialClone(key.substring(PREFIX.length(), key.length() - SUFFIX.length())));
    }

    /**
     * Fetches what is missing of a tree.
     *
     * @param tree the tree
     * @param git that stores what it fetches where it is to be
     * @param folder of the clone, for messages
     * @throws CodeSnapshot.RefusedException if it cannot be fetched
     */
    void complete(String tree, Git git, Path folder) throws IOException, InterruptedException {
        var missing = missing(tree, git);
        if (missing.isEmpty()) return;
        var input = (String.join("\n", missing) + "\n").getBytes(StandardCharsets.US_ASCII);
        // As Git itself does where it comes across a missing object, but once for all.
        var fetched = git.options("-c", "fetch.negotiationAlgorithm=noop")
                .run(
                        List.of(
                                "fetch",
                                remote,
                                "--quiet",
                                "--no-tags",
                                "--no-write-fetch-head",
                                "--recurse-submodules=no",
                                "--filter=blob:none",
                                "--stdin"),
                        input);
        if (fetched.code() != 0)
            throw new CodeSnapshot.RefusedException("The repository " + folder + " is a partial clone, and "
                    + missing.size() + " of its files cannot be fetched from " + remote + ": " + fetched.errors()
                    + "\nTry again when that works: git fetch " + remote);
    }

    private static List<String> missing(String tree, Git git) throws IOException, InterruptedException {
        return text(git.bytes("rev-list", "--objects", "--missing=print", tree))
                .lines()
                .filter(line -> line.startsWith("?"))
                .map(line -> line.substring(1))
                .collect(Collectors.toList());
    }

    private static String text(byte[] output) {
        return new String(output, StandardCharsets.UTF_8).strip();
    }
}
