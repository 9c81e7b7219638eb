package io.taskweaver.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * What a repository says about itself besides its objects and files: references, configuration, hooks, work trees. Two states
 * tell what happened in between, not who did it.
 *
 * @param entries name to a value that differs if it changed
 */
public record RepositoryState(SortedMap<String, String> entries) {
    private static final String CONFIG = "config";
    private static final String HOOK = "hook ";
    private static final String WORK_TREE = "work tree ";
    private static final int SHORT = 10;

    public RepositoryState {
        entries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** Of the repository that a folder lies in; empty if it is in none. */
    public static Optional<RepositoryState> around(Path folder) throws IOException {
        var found = new FileRepositoryBuilder()
                .findGitDir(folder.toAbsolutePath().normalize().toFile())
                .getGitDir();
        return found == null ? Optional.empty() : Optional.of(of(found.toPath()));
    }

    /**
     * Of a repository.
     *
     * @param folder of its data, such as {@code .git}
     */
    public static RepositoryState of(Path folder) throws IOException {
        var entries = new TreeMap<String, String>();
        try (var repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).build()) {
            for (var ref : repository.getRefDatabase().getRefs()) {
                if (ref.isSymbolic()) entries.put(ref.getName(), ref.getTarget().getName());
                else if (ref.getObjectId() != null)
                    entries.put(ref.getName(), ref.getObjectId().name());
            }
            // Of a branch without commits, too.
            var head = repository.getFullBranch();
            if (head != null) entries.put(Constants.HEAD, head);
        }
        var config = folder.resolve("config");
        if (Files.isRegularFile(config)) entries.put(CONFIG, hash(config));
        for (var hook : in(folder.resolve("hooks")))
            if (Files.isRegularFile(hook)) entries.put(HOOK + hook.getFileName(), hash(hook));
        for (var tree : in(folder.resolve("worktrees"))) entries.put(WORK_TREE + tree.getFileName(), "");
        return new RepositoryState(entries);
    }

    private static List<Path> in(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(folder)) {
            all.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What differs from an earlier state, each a part of a sentence. */
    public List<String> since(RepositoryState before) {
        var names = new TreeSet<>(before.entries.keySet());
        names.addAll(entries.keySet());
        var differences = new ArrayList<String>();
        for (var name : names) {
            var old = before.entries.get(name);
            var now = entries.get(name);
            if (old == null) differences.add(called(name) + " is new");
            else if (now == null) differences.add(called(name) + " is gone");
            else if (!old.equals(now))
                differences.add(
                        name.startsWith(Constants.R_REFS)
                                ? called(name) + " moved from " + shortened(old) + " to " + shortened(now)
                                : name.equals(Constants.HEAD)
                                        ? "HEAD is " + called(now) + ", and was " + called(old)
                                        : called(name) + " changed");
        }
        return differences;
    }

    private static String called(String name) {
        if (name.equals(CONFIG)) return "the configuration";
        if (name.startsWith(HOOK)) return "the hook " + name.substring(HOOK.length());
        if (name.startsWith(WORK_TREE)) return "the work tree " + name.substring(WORK_TREE.length());
        if (name.startsWith(Constants.R_HEADS)) return "branch " + name.substring(Constants.R_HEADS.length());
        if (name.startsWith(Constants.R_TAGS)) return "tag " + name.substring(Constants.R_TAGS.length());
        return name;
    }

    private static String shortened(String value) {
        return value.length() > SHORT ? value.substring(0, SHORT) : value;
    }

    /** Names and addresses of the remotes of a repository, the latter without a login. */
    public static List<String> remotes(Path folder) throws IOException {
        var config = folder.resolve("config");
        if (!Files.isRegularFile(config)) return List.of();
        try {
            var read = new org.eclipse.jgit.lib.Config();
            read.fromText(Files.readString(config, StandardCharsets.ISO_8859_1));
            return read.getSubsections("remote").stream()
                    .map(name -> name + " ("
                            + String.valueOf(read.getString("remote", name, "url"))
                                    .replaceAll("://[^/@]*@", "://")
                            + ")")
                    .sorted()
                    .toList();
        } catch (org.eclipse.jgit.errors.ConfigInvalidException e) {
            return List.of(); // It configures nothing that Git would use.
        }
    }
}
