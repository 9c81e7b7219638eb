package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What people wait for after a plan that changed N files: 20 tasks, each of an agent that writes a twentieth of them. Prints one
 * JSON object, {@code {bench, files, run_s, show_s, diff_s, changes_s, export_s, restart_s}}: seconds from typing a
 * command to its end, medians of three but for the run. {@code diff_s} compares the plan's first version with its last one;
 * {@code restart_s} is {@code up} after {@code down}, until all services answer.
 *
 * <p>Usage: {@code ChangedFiles PROJECT_FOLDER [N]}.
 */
public final class ChangedFiles {
    private static final int TASKS = 20;
    private static final int ROUNDS = 3;

    private ChangedFiles() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int files = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
        var agents = Files.createTempDirectory("taskweaver-bench-agents-");
        writeAgent(agents, files / TASKS);
        var environment = Map.of("TASKWEAVER_EXECUTOR_AGENTS", agents.toString());
        try (var system = LocalSystem.up(Path.of(arguments[0]).toAbsolutePath(), environment)) {
            measure(system, files);
        } finally {
            BenchFigures.delete(agents);
        }
    }

    private static void writeAgent(Path folder, int files) throws IOException {
        var script = Files.writeString(folder.resolve("writes.sh"), """
                cat >/dev/null
                mkdir -p "$1"
                for ((i = 0; i < %d; i++)); do echo "$1 $i" >"$1/file$i.txt"; done
                """.formatted(files));
        Files.writeString(folder.resolve("writes.yaml"), """
                about: writes many files
                command: [bash, "%s", "{task}"]
                stdin: "{prompt}"
                """.formatted(script));
    }

    private static void measure(LocalSystem system, int files) throws IOException, InterruptedException {
        var code = Files.createDirectory(system.dir().resolve("code"));
        Files.writeString(code.resolve("README.txt"), "Many files.");
        Files.writeString(
                system.dir().resolve("tasks.md"),
                IntStream.rangeClosed(1, TASKS)
                        .mapToObj(task -> "- [ ] T%d Write the files of %s%n".formatted(task, BenchFigures.word(task)))
                        .collect(Collectors.joining()));
        double run = system.seconds("run", "tasks.md", "--code", "code", "--agent", "writes", "--contracts", "none");
        var plan = new ObjectMapper()
                .readTree(system.dir().resolve("taskweaver-out/plan.json").toFile())
                .path("plan")
                .asText();
        double show = median(system, "context", "show", plan);
        double diff = median(system, "context", "diff", plan, "1", Integer.toString(TASKS));
        double changes = median(system, "changes", plan);
        double export = median(system, "context", "export", plan, "export.json");
        var restarts = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            system.seconds("down");
            restarts[round] = system.seconds("up");
        }
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"changes\",\"files\":%d,\"run_s\":%.1f,\"show_s\":%.2f,\"diff_s\":%.2f,\"changes_s\":%.2f,"
                        + "\"export_s\":%.2f,\"restart_s\":%.1f}%n",
                files,
                run,
                show,
                diff,
                changes,
                export,
                median(restarts));
    }

    private static double median(LocalSystem system, String... command) throws IOException, InterruptedException {
        var rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) rounds[round] = system.seconds(command);
        return median(rounds);
    }

    private static double median(double[] rounds) {
        return Arrays.stream(rounds).sorted().toArray()[ROUNDS / 2];
    }
}
