package io.taskweaver.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the task list of a tool in a project's folder, or in the folder where the tool keeps it. */
public final class TaskFolder {
    /** Files that hold a list by themselves, in the order in which they count. */
    private static final List<String> FILES = List.of(
            ".taskmaster/tasks/tasks.json",
            "tasks/tasks.json",
            "tasks.json",
            ".beads/issues.jsonl",
            "issues.jsonl",
            "tasks.md",
            "prd.json",
            "plan.json",
            "tasks.csv");
    /** Folders with a folder for each feature or change. */
    private static final List<String> FEATURES = List.of(".kiro/specs", "specs", "openspec/changes");
    /** What is planned where there is no list. */
    private static final List<String> DOCUMENTS =
            List.of("spec.md", "requirements.md", "REQUIREMENTS.md", "proposal.md");

    private TaskFolder() {}

    /** What was found. */
    public sealed interface Search {}

    /**
     * Files that make one list, or one document.
     *
     * @param others what else could have been meant
     */
    public record Found(List<Path> files, List<Path> others) implements Search {
        public Found {
            files = List.copyOf(files);
            others = List.copyOf(others);
        }
    }

    /** The folder is ambiguous; names the alternatives. */
    public record Nothing(String problem) implements Search {}

    /**
     * Looks for a list.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static Search find(Path folder) {
        var lists = new ArrayList<List<Path>>();
        for (var name : FILES) present(folder.resolve(name)).ifPresent(file -> lists.add(List.of(file)));
        for (var place : List.of("backlog/tasks", "tasks", ".")) {
            var tasks = backlog(folder.resolve(place).normalize());
            if (!tasks.isEmpty()) lists.add(tasks);
        }
        if (lists.isEmpty()) features(folder, lists);
        if (lists.size() > 1 && lists.stream().allMatch(list -> isFeature(folder, list)))
            return new Nothing(folder + " holds " + lists.size() + " lists: "
                    + String.join(
                            ", ",
                            lists.stream()
                                    .map(list -> list.getFirst().toString())
                                    .toList()) + ". Choose one of them.");
        if (lists.isEmpty())
            for (var name : DOCUMENTS) present(folder.resolve(name)).ifPresent(file -> lists.add(List.of(file)));
        if (lists.isEmpty())
            return new Nothing(folder + " is a directory without a known task list. Name the file in it.");
        var others = lists.stream().skip(1).map(List::getFirst).toList();
        return new Found(lists.getFirst(), others);
    }

    private static boolean isFeature(Path folder, List<Path> list) {
        return FEATURES.stream().anyMatch(place -> list.getFirst().startsWith(folder.resolve(place)));
    }

    private static Optional<Path> present(Path file) {
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static void features(Path folder, List<List<Path>> lists) {
        for (var place : FEATURES)
            for (var feature : children(folder.resolve(place)))
                present(feature.resolve("tasks.md")).ifPresent(file -> lists.add(List.of(file)));
    }

    private static List<Path> backlog(Path folder) {
        return children(folder).stream()
                .filter(file -> file.toString().endsWith(".md") && Files.isRegularFile(file) && isTask(file))
                .toList();
    }

    private static boolean isTask(Path file) {
        try {
            return BacklogReader.isTask(Files.readString(file));
        } catch (MalformedInputException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of their names. */
    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (var found = Files.list(folder)) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
