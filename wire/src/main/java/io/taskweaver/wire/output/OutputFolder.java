package io.taskweaver.wire.output;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.files.OwnerFolder;
import io.taskweaver.wire.json.ModelJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What attempts printed, as files of a data folder: a folder for each plan, and in it a file for each task, with a part of
 * an output in each line. With them it can be read when no broker runs.
 *
 * @param folder the folder of all plans
 */
public record OutputFolder(Path folder) {
    private static final String SUFFIX = ".jsonl";

    /** That of a data folder. */
    public static OutputFolder of(Path dataFolder) {
        return new OutputFolder(dataFolder.resolve("output"));
    }

    /** Adds a part. */
    public void add(TaskOutput part) throws IOException {
        var file = file(part.plan(), part.task());
        if (!has(part.plan())) {
            OwnerFolder.create(folder);
            removeOld();
            OwnerFolder.create(folder(part.plan()));
        }
        var line =
                ByteBuffer.wrap((ModelJson.SERVICES.writeValueAsString(part) + "\n").getBytes(StandardCharsets.UTF_8));
        // Executors of one machine share the file: each line is appended at once.
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) channel.write(line);
        }
    }

    /** Whether something of a plan is here. */
    public boolean has(PlanId plan) {
        return Files.isDirectory(folder(plan));
    }

    /** All parts of a plan, or of one of its tasks. */
    public List<TaskOutput> parts(PlanId plan, Optional<TaskId> task) throws IOException {
        if (task.isPresent()) return parts(file(plan, task.get()));
        if (!has(plan)) return List.of();
        try (var files = Files.list(folder(plan))) {
            var parts = new ArrayList<TaskOutput>();
            for (var file : files.sorted().toList()) parts.addAll(parts(file));
            return parts;
        }
    }

    private static List<TaskOutput> parts(Path file) throws IOException {
        var parts = new ArrayList<TaskOutput>();
        try {
            for (var line : Files.readAllLines(file))
                // The last line of a machine that broke down may be incomplete.
                if (line.endsWith("}")) parts.add(ModelJson.SERVICES.readValue(line, TaskOutput.class));
            return parts;
        } catch (NoSuchFileException e) {
            return parts;
        }
    }

    private Path folder(PlanId plan) {
        return folder.resolve(plan.value());
    }

    private Path file(PlanId plan, TaskId task) {
        return folder(plan).resolve(task.value().replace(":", "%3A") + SUFFIX);
    }

    /** Removes what is here of a plan. */
    public void remove(PlanId plan) throws IOException {
        if (!has(plan)) return;
        try (var files = Files.list(folder(plan))) {
            for (var file : files.filter(this::isOwn).toList()) Files.deleteIfExists(file);
        }
        removeIfEmpty(folder(plan));
    }

    /** Removes what the topic does not have any more either. */
    private void removeOld() throws IOException {
        var oldest = Instant.now().minus(Topics.TASK_OUTPUT.retention());
        try (var files = Files.walk(folder, 2)) {
            for (var file : files.filter(this::isOwn).toList())
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                    removeIfEmpty(file.resolveSibling("").normalize());
                }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whoever names the folder may keep other files there. */
    private boolean isOwn(Path file) {
        return folder.relativize(file).getNameCount() == 2
                && file.getFileName().toString().endsWith(SUFFIX)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void removeIfEmpty(Path plan) throws IOException {
        try {
            Files.deleteIfExists(plan);
        } catch (DirectoryNotEmptyException e) {
            // Another task's file is newer.
        }
    }
}
