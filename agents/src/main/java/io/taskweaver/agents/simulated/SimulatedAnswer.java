package io.taskweaver.agents.simulated;

import io.taskweaver.model.FileChange;
import io.taskweaver.prompts.AnswerWriter;
import io.taskweaver.prompts.QueryParts;
import io.taskweaver.prompts.QueryReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers a prompt with a real small change. The same prompt gets the same answer. */
record SimulatedAnswer(QueryParts query) {
    /** File that conflicting answers edit: prose, since lists are united. */
    static final String SHARED_FILE = "docs/CHANGES.md";

    private static final int MOST_APPENDED = 3;

    /**
     * The answer to a prompt.
     *
     * @param conflicts whether it also edits a file that other answers edit in the same place
     */
    static String to(String prompt, boolean conflicts) {
        return SimulatedRefinement.to(prompt)
                .orElseGet(() -> new SimulatedAnswer(QueryReader.read(prompt)).answer(conflicts));
    }

    private String answer(boolean conflicts) {
        List<FileChange> changes = new ArrayList<>(changes());
        if (conflicts && query.conflicts().isEmpty()) changes.add(appended(SHARED_FILE, label() + ".\n"));
        String paths = changes.stream().map(FileChange::path).collect(Collectors.joining(", "));
        return AnswerWriter.write("Simulated: wrote " + paths + " for " + label() + ".", changes);
    }

    private List<FileChange> changes() {
        if (!query.conflicts().isEmpty())
            return query.conflicts().stream()
                    .map(conflict -> whole(conflict.path(), ConflictMerge.of(conflict)))
                    .toList();
        var changes = new ArrayList<>(implementation().map(List::of).orElseGet(this::notes));
        for (var path : query.outputs())
            if (!query.files().containsKey(path)
                    && changes.stream().noneMatch(change -> change.path().equals(path)))
                changes.add(whole(path, remark(path).orElseGet(this::note)));
        return changes;
    }

    private Optional<FileChange> implementation() {
        if (query.newClass().isEmpty() || query.operation().isEmpty()) return Optional.empty();
        String path = query.newClass().get();
        String className = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
        return query.implemented().entrySet().stream()
                .filter(file ->
                        file.getKey().endsWith(".java") && folder(file.getKey()).equals(folder(path)))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(file ->
                        DecoratorSource.write(file.getValue(), query.operation().get(), className).stream())
                .findFirst()
                .map(source -> whole(path, source));
    }

    /** A note about the task, and a line in the files that it is expected to change. */
    private List<FileChange> notes() {
        var changes = new ArrayList<FileChange>();
        changes.add(whole("docs/notes/" + fileName() + ".md", note()));
        query.expectedFiles().stream()
                .filter(query.files()::containsKey)
                .limit(MOST_APPENDED)
                .forEach(path -> remark(path).ifPresent(line -> changes.add(appended(path, line))));
        return changes;
    }

    private String note() {
        var text = new StringBuilder("# ")
                .append(query.title().isEmpty() ? "Note" : query.title())
                .append("\n\n");
        if (!query.task().isEmpty()) text.append("Task ").append(query.task()).append(".\n\n");
        if (!query.description().isEmpty()) text.append(query.description()).append("\n\n");
        query.acceptanceCriteria()
                .forEach(criterion -> text.append("- [x] ")
                        .append(criterion.replace("\n", "\n    "))
                        .append('\n'));
        return text.toString().stripTrailing() + "\n";
    }

    private String label() {
        return query.task().isEmpty() ? query.title() : query.task() + ": " + query.title();
    }

    private String fileName() {
        String name = query.task().isEmpty() ? query.title() : query.task();
        String plain = name.codePoints()
                .map(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' ? c : '-')
                .limit(80)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.isBlank() ? "note" : "note-" + plain;
    }

    private Optional<String> remark(String path) {
        String text = label();
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "java", "js", "ts", "go", "rs", "kt", "c", "cpp", "swift" -> Optional.of("// " + text + "\n");
            case "py", "rb", "sh", "yml", "yaml", "toml", "properties" -> Optional.of("# " + text + "\n");
            case "md", "txt" -> Optional.of("\n" + text + "\n");
            case "sql" -> Optional.of("-- " + text + "\n");
            default -> Optional.empty();
        };
    }

    private FileChange appended(String path, String line) {
        String before = query.files().getOrDefault(path, "");
        String ended = before.isEmpty() || before.endsWith("\n") ? before : before + "\n";
        return whole(path, ended + line);
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static FileChange whole(String path, String content) {
        return new FileChange(path, Optional.empty(), Optional.of(content));
    }
}
