package io.taskweaver.formats;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats of task lists. */
public enum ExchangeFormat {
    /** An object with a {@code tasks} array, as the published schema says; {@code plan.json} is one. */
    JSON(true, true),
    /** A table, one row for each task. */
    CSV(true, true),
    /** {@code tasks.json} of task-master, tagged or not. */
    TASK_MASTER(true, true),
    /** {@code tasks.md} of spec-kit. */
    SPEC_KIT(true, true),
    /** {@code tasks.md} of Kiro and cc-sdd. */
    KIRO(true, true),
    /** {@code tasks.md} of an OpenSpec change. */
    OPENSPEC(true, false),
    /** {@code issues.jsonl} of beads. */
    BEADS(true, true),
    /** What {@code bd create --graph} takes. */
    BEADS_GRAPH(true, true),
    /** Task files of Backlog.md: Markdown with YAML front matter. */
    BACKLOG(true, false),
    /** {@code prd.json} of ralph. */
    RALPH(true, false),
    /** A flowchart. */
    MERMAID(false, true);

    private final boolean readable;
    private final boolean writable;

    ExchangeFormat(boolean readable, boolean writable) {
        this.readable = readable;
        this.writable = writable;
    }

    public boolean isReadable() {
        return readable;
    }

    public boolean isWritable() {
        return writable;
    }

    /** As a user names it: {@code task-master}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one that a user names; {@code cc-sdd} and {@code taskmaster} are known as well. */
    public static Optional<ExchangeFormat> of(String name) {
        var plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (plain) {
            case "cc-sdd" -> Optional.of(KIRO);
            case "taskmaster" -> Optional.of(TASK_MASTER);
            case "speckit" -> Optional.of(SPEC_KIT);
            case "backlog.md" -> Optional.of(BACKLOG);
            default ->
                Arrays.stream(values())
                        .filter(format -> format.id().equals(plain))
                        .findFirst();
        };
    }

    /** Names of all that can be read. */
    public static List<String> readableIds() {
        return Arrays.stream(values())
                .filter(ExchangeFormat::isReadable)
                .map(ExchangeFormat::id)
                .toList();
    }

    /** Names of all that can be written. */
    public static List<String> writableIds() {
        return Arrays.stream(values())
                .filter(ExchangeFormat::isWritable)
                .map(ExchangeFormat::id)
                .toList();
    }
}
