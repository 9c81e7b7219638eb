package io.taskweaver.code;

import io.taskweaver.model.CodeRemote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository elsewhere, reached by the git program. Every command has a time limit; what looks like a passing failure is
 * tried again a few times.
 */
public final class RemoteRepository {
    private static final String HEAD = "ref: refs/heads/";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final CodeRemote remote;
    private final RemoteAccess access;

    public RemoteRepository(CodeRemote remote, RemoteAccess access) {
        this.remote = remote;
        this.access = access;
    }

    public CodeRemote remote() {
        return remote;
    }

    /**
     * References that exist there, with what they point to.
     *
     * @param from repository whose configuration counts
     * @param patterns full names, which may end with {@code /*}
     */
    Map<String, String> references(Git from, Collection<String> patterns) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("ls-remote", "--quiet", "--end-of-options", remote.url()));
        arguments.addAll(patterns);
        var found = new LinkedHashMap<String, String>();
        for (var line : new String(run(from, "look at " + name(), arguments), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            int tab = line.indexOf('\t');
            if (tab == 40) found.put(line.substring(tab + 1), line.substring(0, tab));
        }
        return found;
    }

    /** Name of the branch that {@code HEAD} is there; empty if there is none. */
    Optional<String> defaultBranch(Git from) throws IOException, InterruptedException {
        var arguments = List.of("ls-remote", "--quiet", "--symref", "--end-of-options", remote.url(), "HEAD");
        return new String(run(from, "look at " + name(), arguments), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(HEAD) && line.endsWith("\tHEAD"))
                .map(line -> line.substring(HEAD.length(), line.indexOf('\t')))
                .findFirst();
    }

    /** Sets a branch there to a commit, whatever it was. */
    void push(Git from, String commit, String branch) throws IOException, InterruptedException {
        push(from, branch, List.of(), "+" + commit + ":refs/heads/" + branch);
    }

    /**
     * Sets a branch there to a commit, if it still is where it was.
     *
     * @param before where it was; empty if there was none
     */
    void push(Git from, String commit, String branch, Optional<String> before)
            throws IOException, InterruptedException {
        push(
                from,
                branch,
                List.of("--force-with-lease=refs/heads/" + branch + ":" + before.orElse("")),
                commit + ":refs/heads/" + branch);
    }

    private void push(Git from, String branch, List<String> options, String refspec)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(
                "push", "--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--no-signed"));
        arguments.addAll(options);
        arguments.addAll(List.of("--end-of-options", remote.url(), refspec));
        run(from, "push of branch " + branch + " to " + name(), arguments);
    }

    /** Fetches references, each into one of the repository that it is called in. */
    void fetch(Git into, List<String> refspecs, String... options) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(
                List.of("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--end-of-options", remote.url()));
        arguments.addAll(refspecs);
        run(into, "fetch from " + name(), arguments);
    }

    /** Removes branches that exist there. */
    void delete(Git from, Collection<String> branches) throws IOException, InterruptedException {
        if (branches.isEmpty()) return;
        var arguments = new ArrayList<>(
                List.of("push", "--quiet", "--no-verify", "--no-signed", "--end-of-options", remote.url()));
        for (var branch : branches) arguments.add(":refs/heads/" + branch);
        run(from, "removal of branches of " + name(), arguments);
    }

    private String name() {
        return remote.name().isBlank() ? remote.url() : remote.name() + " (" + remote.url() + ")";
    }

    private byte[] run(Git from, String what, List<String> arguments) throws IOException, InterruptedException {
        var git = access.git(from, remote.url()).within(LIMIT);
        for (int failures = 0; ; failures++) {
            RemoteException failure;
            try {
                var end = git.run(arguments, new byte[0]);
                if (end.code() == 0) return end.output();
                failure = RemoteException.of(what, end.errors());
            } catch (Git.TimeoutException e) {
                throw RemoteException.late(what, e.getMessage() + ".");
            }
            if (!failure.isTransient() || failures == PAUSES.size()) throw failure;
            Thread.sleep(PAUSES.get(failures));
        }
    }
}
