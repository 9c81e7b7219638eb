package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one of the commands that follow each other writes, all that come after it read. */
class CommandChainTest {
    private static final String NOTES = """
            # Shop

            ## Orders

            - FR-1: Users shall be able to order books
              - a receipt is printed
            - FR-2: Users shall be able to cancel orders (depends on FR-1)

            ## Stock

            - FR-3: The stock shall show how many copies of a book there are
            """;

    /** In the order of the README. */
    private static final List<String> COMMANDS = List.of(
            "create-requirements",
            "create-structure",
            "parse-requirements",
            "identify-dependencies",
            "prioritize-tasks",
            "generate-queries",
            "execute-queries",
            "execute-tasks");

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void done(Typed typed) {
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err()).doesNotContain("is unknown", "was ignored", "was not read", "cannot express");
    }

    private static List<String> work(String json) throws IOException {
        JsonNode tasks = new ObjectMapper().readTree(json).path("tasks");
        return StreamSupport.stream(tasks.spliterator(), false)
                .filter(task -> task.path("kind").asText().equals("work"))
                .map(task -> task.path("id").asText() + " " + task.path("dependencies"))
                .sorted()
                .toList();
    }

    /** There is no runtime here: what it would be handed is shown before that is said. */
    private void allIsDone(Typed executed) {
        assertThat(executed.out()).contains("Shop", "3 tasks (3 done already)");
        assertThat(executed.err()).contains("is not built").doesNotContain("is unknown", "was ignored", "was not read");
    }

    @Test
    void every_command_reads_the_files_of_those_before_it() throws IOException {
        Files.writeString(folder.resolve("notes.md"), NOTES);
        done(Typed.command("create-requirements", file("notes.md"), "--output-file", file("REQUIREMENTS.md")));
        done(Typed.command("create-structure", file("REQUIREMENTS.md"), "--output-file", file("STRUCTURE.md")));
        done(Typed.command(
                "parse-requirements",
                file("REQUIREMENTS.md"),
                "--structure",
                file("STRUCTURE.md"),
                "--json",
                "--output-file",
                file("parse-requirements.json")));
        var tasks = work(Files.readString(folder.resolve("parse-requirements.json")));
        var before = "parse-requirements";
        for (var command : COMMANDS.subList(3, 6)) {
            done(Typed.command(command, "--json", file(before + ".json"), "--output-file", file(command + ".json")));
            assertThat(work(Files.readString(folder.resolve(command + ".json"))))
                    .as(command)
                    .isEqualTo(tasks);
            before = command;
        }
        done(Typed.command(
                "execute-queries", "--input-file", file(before + ".json"), "--output-file", file("results.json")));
        allIsDone(
                Typed.command("execute-tasks", file("results.json"), "--out", file("out"), "--data-dir", file("data")));
    }

    @Test
    void every_command_reads_what_those_before_it_pipe() throws IOException {
        var piped = Typed.piped(NOTES, "create-requirements");
        done(piped);
        var tasks = work(Typed.piped(piped.out(), "plan", "--json").out());
        for (var command : COMMANDS.subList(1, 6)) {
            piped = Typed.piped(piped.out(), command, "--json");
            done(piped);
            assertThat(work(piped.out())).as(command).isEqualTo(tasks);
        }
        piped = Typed.piped(piped.out(), "execute-queries");
        done(piped);
        assertThat(piped.err()).contains("3 prompts from standard input");
        allIsDone(Typed.piped(piped.out(), "execute-tasks", "--out", file("out"), "--data-dir", file("data")));
    }

    @Test
    void every_command_reads_the_json_of_every_command_before_it() throws IOException {
        var outputs = new ArrayList<Typed>();
        for (var command : COMMANDS.subList(0, 6)) outputs.add(Typed.piped(NOTES, command, "--json"));
        for (int from = 0; from < outputs.size(); from++) {
            var tasks = work(outputs.get(from).out());
            for (var command : COMMANDS.subList(from + 1, 6)) {
                var typed = Typed.piped(outputs.get(from).out(), command, "--json", "-");
                done(typed);
                assertThat(work(typed.out()))
                        .as(COMMANDS.get(from) + " to " + command)
                        .isEqualTo(tasks);
            }
        }
    }

    @Test
    void a_prompt_that_failed_is_a_task_that_is_left_to_do() throws IOException {
        var queries = Typed.piped(NOTES, "generate-queries", "--json", "--task", "FR-1");

        var results = new ObjectMapper()
                .readTree(Typed.piped(queries.out(), "execute-queries").out());

        assertThat(results.path("results")).hasSize(1);
        assertThat(results.path("tasks"))
                .filteredOn(task -> task.path("kind").asText().equals("work"))
                .extracting(task -> task.path("status").asText())
                .containsExactly("done", "pending", "pending");
        assertThat(Typed.piped(results.toString(), "prioritize-tasks").out())
                .contains("FR-2", "FR-3")
                .doesNotContain("FR-1");
    }

    @Test
    void empty_standard_input_is_said_with_what_is_expected() {
        var typed = Typed.piped("", "execute-queries");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("standard input is empty", "generate-queries --json");
        assertThat(Typed.piped("", "execute-tasks", "--data-dir", file("data")).err())
                .contains("standard input:1");
    }

    @Test
    void json_may_be_larger_than_what_is_submitted_of_it() {
        var list = "{\"tasks\": [{\"id\": 1, \"title\": \"Sell\", \"metadata\": {\"x\": \"%s\"}}]}"
                .formatted("x".repeat(6 * 1024 * 1024));

        assertThat(Typed.piped(list, "prioritize-tasks").out()).contains("Sell");
    }

    @Test
    void a_command_does_not_wait_for_a_person_to_type_a_document() {
        for (var command : COMMANDS) {
            var typed = Typed.command(Map.of("TASKWEAVER_INPUT", "terminal"), command);
            assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(typed.err()).contains("nothing is piped in", "Name a file");
        }
    }

    @Test
    void two_input_files_for_a_command_that_reads_one_are_refused() {
        for (var command : List.of("execute-queries", "execute-tasks")) {
            var typed = Typed.command(command, "a.json", "--input-file", "b.json");
            assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(typed.err()).contains("a.json and b.json");
        }
    }

    @Test
    void a_structure_piped_in_place_of_requirements_is_said() {
        var structure = Typed.piped(NOTES, "create-structure");

        assertThat(Typed.piped(structure.out(), "parse-requirements").err())
                .contains("standard input reads as a STRUCTURE.md", "--structure");
        assertThat(Typed.piped(NOTES, "parse-requirements").err()).isEmpty();
    }
}
